// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The closed table of error and finding codes. A number is never reused, the
// stable id (HDR-LOAD-104) is what people search for; docs/errors.md has a row
// for each with its cause and cure.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace headrope {

/// How grave a finding is: an error stops a load, a warning does not.
enum class Severity : std::uint8_t { warning = 1, error = 2 };

/// What went wrong. Numbers are fixed; 1xx loading, 2xx model, 3xx freezing,
/// 4xx rules, 5xx answers.
enum class Code : std::uint16_t {
  internal = 1,
  out_of_memory = 2,
  cancelled = 3,
  invalid_argument = 4,
  not_found = 5,
  limit_exceeded = 7,
  null_argument = 8,
  struct_unsupported = 9,
  buffer_too_small = 10,

  not_a_folder = 101,
  file_unreadable = 102,
  descriptor_invalid = 103,
  format_unsupported = 104,
  table_missing = 105,
  table_unknown = 106,
  column_missing = 107,
  column_unknown = 108,
  column_repeated = 109,
  file_empty = 110,
  row_ragged = 111,
  quote_stray = 112,
  quote_unclosed = 113,
  field_too_long = 114,
  text_not_utf8 = 115,
  text_not_gb18030 = 116,
  value_missing = 117,
  value_not_a_date = 118,
  value_not_a_number = 119,
  value_out_of_range = 120,
  value_not_in_list = 121,
  path_refused = 122,
  encoding_unsupported = 123,
  file_damaged = 140,
  file_unwritable = 141,

  kind_unknown = 201,
  unit_unknown = 202,
  person_unknown = 203,
  post_unknown = 204,
  duty_unknown = 205,
  role_unknown = 206,
  measure_unknown = 207,
  hierarchy_unknown = 208,
  record_unknown = 209,
  identity_invalid = 210,
  identity_repeated = 211,
  vocabulary_contradicted = 212,
  interval_reversed = 213,
  states_overlap = 214,
  parents_overlap = 215,
  memberships_overlap = 216,
  primary_memberships_overlap = 217,
  attributes_overlap = 218,
  kind_not_allowed = 219,
  subject_missing = 220,
  attendance_repeated = 221,
  holders_too_many = 222,
  outside_life = 223,
  self_link = 225,
  post_absent = 226,
  holder_not_allowed = 227,
  office_circle = 228,
  holder_unknown = 229,

  cycle = 301,
  cycle_broken = 302,
  orphan = 303,
  depth_exceeded = 305,
  parents_too_many = 306,
  paths_too_many = 307,

  rule_invalid = 401,
  reduction_refused = 402,
  window_invalid = 403,
  pack_invalid = 404,
  yaml_invalid = 405,
  key_unknown = 406,
  key_repeated = 407,
  key_missing = 408,
  reference_refused = 409,
  parameter_unknown = 410,
  parameter_repeated = 411,
  clause_missing = 412,
  rule_unknown = 413,
  rule_repeated = 414,
  rule_cycle = 415,
  thing_mismatch = 416,
  overlay_cycle = 417,
  overlay_too_early = 418,
  pack_unknown = 419,
  case_invalid = 420,

  sum_overflow = 501,
};

/// One row of the table of codes.
struct CodeInfo {
  Code code;
  std::string_view id;     ///< stable id, such as `HDR-LOAD-118`
  std::string_view title;  ///< what it means, in a few words
};

/// All codes, in the order of their numbers.
/// @threads Any thread.
[[nodiscard]] std::span<const CodeInfo> code_table();

/// Gives the row of a code. A number outside the table gives the row of
/// `internal`.
/// @threads Any thread. @complexity O(log codes).
[[nodiscard]] const CodeInfo& code_info(Code code);

}  // namespace headrope
