// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the text of a case file to its cases. Everything that is wrong with the
// form is told with line and column; whether names are known is not asked here.

#pragma once

#include <optional>
#include <string_view>

#include "cases/case_file.hpp"
#include "headrope/diagnostics.hpp"
#include "load/node_reader.hpp"

namespace headrope {

/// Reads a case file. Findings name `name`, the line in `row` and the column in
/// `column`: `case_invalid`, `key_unknown`, `key_missing`, the codes of single
/// values, and those of the form of the file.
/// @returns the file; nothing if there is an error.
/// @complexity O(bytes log keys).
[[nodiscard]] std::optional<CaseFile> parse_cases(std::string_view text,
                                                  std::string_view name,
                                                  Diagnostics& findings);

/// Reads an organisation: a package, tables, or both.
[[nodiscard]] CaseOrganisation read_organisation(const YamlNode& node,
                                                 NodeReader& reader);

/// Reads what is expected, rule by rule.
[[nodiscard]] std::vector<RuleExpectation> read_expectations(
    const YamlNode& node, NodeReader& reader);

/// Reads what is expected about responsibility.
[[nodiscard]] ResponsibilityCase read_responsibility(const YamlNode& node,
                                                     NodeReader& reader);

/// Reads a whole number from 0 on.
[[nodiscard]] std::optional<std::int64_t> read_count(const YamlNode& node,
                                                     NodeReader& reader);

}  // namespace headrope
