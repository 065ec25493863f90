// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows of the closed table of codes, in the order of their numbers.

#include "headrope/code.hpp"

#include <algorithm>
#include <array>

namespace headrope {
namespace {

constexpr std::array table{
    CodeInfo{Code::internal, "HDR-BASE-001", "a fault of the library itself"},
    CodeInfo{Code::out_of_memory, "HDR-BASE-002", "no memory left"},
    CodeInfo{Code::cancelled, "HDR-BASE-003", "stopped by the caller"},
    CodeInfo{Code::invalid_argument, "HDR-BASE-004", "argument not allowed"},
    CodeInfo{Code::not_found, "HDR-BASE-005", "nothing of that name"},
    CodeInfo{Code::limit_exceeded, "HDR-BASE-007", "a stated limit passed"},
    CodeInfo{Code::null_argument, "HDR-BASE-008", "argument is NULL"},
    CodeInfo{Code::struct_unsupported, "HDR-BASE-009",
             "option of a newer version"},
    CodeInfo{Code::buffer_too_small, "HDR-BASE-010", "buffer is too small"},

    CodeInfo{Code::not_a_folder, "HDR-LOAD-101", "package is not a folder"},
    CodeInfo{Code::file_unreadable, "HDR-LOAD-102", "file cannot be read"},
    CodeInfo{Code::descriptor_invalid, "HDR-LOAD-103",
             "datapackage.json is not as it should be"},
    CodeInfo{Code::format_unsupported, "HDR-LOAD-104",
             "unknown version of the format"},
    CodeInfo{Code::table_missing, "HDR-LOAD-105", "a table is missing"},
    CodeInfo{Code::table_unknown, "HDR-LOAD-106", "table is not known"},
    CodeInfo{Code::column_missing, "HDR-LOAD-107", "a column is missing"},
    CodeInfo{Code::column_unknown, "HDR-LOAD-108", "column is not known"},
    CodeInfo{Code::column_repeated, "HDR-LOAD-109", "column named twice"},
    CodeInfo{Code::file_empty, "HDR-LOAD-110", "file has no header line"},
    CodeInfo{Code::row_ragged, "HDR-LOAD-111",
             "row has another number of fields than the header"},
    CodeInfo{Code::quote_stray, "HDR-LOAD-112", "quote inside a plain field"},
    CodeInfo{Code::quote_unclosed, "HDR-LOAD-113", "quote is never closed"},
    CodeInfo{Code::field_too_long, "HDR-LOAD-114", "field is too long"},
    CodeInfo{Code::text_not_utf8, "HDR-LOAD-115", "text is not UTF-8"},
    CodeInfo{Code::text_not_gb18030, "HDR-LOAD-116", "text is not GB18030"},
    CodeInfo{Code::value_missing, "HDR-LOAD-117", "a value is missing"},
    CodeInfo{Code::value_not_a_date, "HDR-LOAD-118", "not a date"},
    CodeInfo{Code::value_not_a_number, "HDR-LOAD-119", "not a number"},
    CodeInfo{Code::value_out_of_range, "HDR-LOAD-120", "value out of range"},
    CodeInfo{Code::value_not_in_list, "HDR-LOAD-121",
             "value is not one of the allowed words"},
    CodeInfo{Code::path_refused, "HDR-LOAD-122",
             "path leaves the package or is a link"},
    CodeInfo{Code::encoding_unsupported, "HDR-LOAD-123",
             "encoding is not supported"},
    CodeInfo{Code::file_damaged, "HDR-LOAD-140", "freeze file is damaged"},
    CodeInfo{Code::file_unwritable, "HDR-LOAD-141", "file cannot be written"},

    CodeInfo{Code::kind_unknown, "HDR-MODEL-201", "kind is not known"},
    CodeInfo{Code::unit_unknown, "HDR-MODEL-202", "unit is not known"},
    CodeInfo{Code::person_unknown, "HDR-MODEL-203", "person is not known"},
    CodeInfo{Code::post_unknown, "HDR-MODEL-204", "post is not known"},
    CodeInfo{Code::duty_unknown, "HDR-MODEL-205", "duty is not known"},
    CodeInfo{Code::role_unknown, "HDR-MODEL-206", "role is not known"},
    CodeInfo{Code::measure_unknown, "HDR-MODEL-207", "measure is not known"},
    CodeInfo{Code::hierarchy_unknown, "HDR-MODEL-208",
             "hierarchy is not known"},
    CodeInfo{Code::record_unknown, "HDR-MODEL-209", "record is not known"},
    CodeInfo{Code::identity_invalid, "HDR-MODEL-210",
             "identity is empty, too long or not text"},
    CodeInfo{Code::identity_repeated, "HDR-MODEL-211", "identity given twice"},
    CodeInfo{Code::vocabulary_contradicted, "HDR-MODEL-212",
             "entry says otherwise than one already there"},
    CodeInfo{Code::interval_reversed, "HDR-MODEL-213",
             "end is not after the start"},
    CodeInfo{Code::states_overlap, "HDR-MODEL-214",
             "two states of a unit on one day"},
    CodeInfo{Code::parents_overlap, "HDR-MODEL-215",
             "same link twice, or two parents, on one day"},
    CodeInfo{Code::memberships_overlap, "HDR-MODEL-216",
             "a person twice in one unit on one day"},
    CodeInfo{Code::primary_memberships_overlap, "HDR-MODEL-217",
             "two primary memberships on one day"},
    CodeInfo{Code::attributes_overlap, "HDR-MODEL-218",
             "two values of an attribute on one day"},
    CodeInfo{Code::kind_not_allowed, "HDR-MODEL-219",
             "kind may not stand there in the hierarchy"},
    CodeInfo{Code::subject_missing, "HDR-MODEL-220",
             "record names neither unit nor person"},
    CodeInfo{Code::attendance_repeated, "HDR-MODEL-221",
             "a person twice at one record"},
    CodeInfo{Code::holders_too_many, "HDR-MODEL-222",
             "more holders than seats"},
    CodeInfo{Code::outside_life, "HDR-MODEL-223",
             "row outside the life of its unit"},
    CodeInfo{Code::self_link, "HDR-MODEL-225", "unit linked to itself"},
    CodeInfo{Code::post_absent, "HDR-MODEL-226",
             "row outside the days of its post"},
    CodeInfo{Code::holder_not_allowed, "HDR-MODEL-227",
             "holder that its role does not allow"},
    CodeInfo{Code::office_circle, "HDR-MODEL-228",
             "offices that follow each other in a circle"},
    CodeInfo{Code::holder_unknown, "HDR-MODEL-229",
             "holder that a pack names and the data does not"},

    CodeInfo{Code::cycle, "HDR-FREEZE-301", "units stand below themselves"},
    CodeInfo{Code::cycle_broken, "HDR-FREEZE-302",
             "a cycle was broken at its youngest link"},
    CodeInfo{Code::orphan, "HDR-FREEZE-303", "unit without a living parent"},
    CodeInfo{Code::depth_exceeded, "HDR-FREEZE-305", "hierarchy too deep"},
    CodeInfo{Code::parents_too_many, "HDR-FREEZE-306",
             "more parents than the hierarchy allows"},
    CodeInfo{Code::paths_too_many, "HDR-FREEZE-307",
             "too many paths through several parents"},

    CodeInfo{Code::rule_invalid, "HDR-RULE-401", "rule is not complete"},
    CodeInfo{Code::reduction_refused, "HDR-RULE-402",
             "measure may not be reduced this way"},
    CodeInfo{Code::window_invalid, "HDR-RULE-403", "window holds no days"},
    CodeInfo{Code::pack_invalid, "HDR-RULE-404", "pack is not well formed"},
    CodeInfo{Code::yaml_invalid, "HDR-RULE-405", "file is not plain YAML"},
    CodeInfo{Code::key_unknown, "HDR-RULE-406", "key is not known here"},
    CodeInfo{Code::key_repeated, "HDR-RULE-407", "key stands twice"},
    CodeInfo{Code::key_missing, "HDR-RULE-408", "key is missing"},
    CodeInfo{Code::reference_refused, "HDR-RULE-409",
             "anchors, aliases, tags and merge keys are refused"},
    CodeInfo{Code::parameter_unknown, "HDR-RULE-410",
             "parameter does not exist"},
    CodeInfo{Code::parameter_repeated, "HDR-RULE-411",
             "parameter has two values for one day"},
    CodeInfo{Code::clause_missing, "HDR-RULE-412", "clause is missing"},
    CodeInfo{Code::rule_unknown, "HDR-RULE-413", "rule does not exist"},
    CodeInfo{Code::rule_repeated, "HDR-RULE-414", "rule stands twice"},
    CodeInfo{Code::rule_cycle, "HDR-RULE-415", "rules refer to each other"},
    CodeInfo{Code::thing_mismatch, "HDR-RULE-416",
             "this cannot be asked of that"},
    CodeInfo{Code::overlay_cycle, "HDR-RULE-417",
             "overlays stand on each other"},
    CodeInfo{Code::overlay_too_early, "HDR-RULE-418",
             "overlay changes days before its own first"},
    CodeInfo{Code::pack_unknown, "HDR-RULE-419", "pack does not exist"},
    CodeInfo{Code::case_invalid, "HDR-RULE-420", "case is not well formed"},

    CodeInfo{Code::sum_overflow, "HDR-ANSWER-501", "sum beyond 64 bits"},
};

}  // namespace

std::span<const CodeInfo> code_table() { return table; }

const CodeInfo& code_info(Code code) {
  const auto row = std::lower_bound(
      table.begin(), table.end(), code,
      [](const CodeInfo& info, Code wanted) { return info.code < wanted; });
  return row != table.end() && row->code == code ? *row : table.front();
}

}  // namespace headrope
