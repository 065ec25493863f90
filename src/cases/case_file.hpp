// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A case file as it was read (docs/formats/rule-cases.md): plain data, checked
// for its form. Nothing here is known to the Registry yet.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cases/responsibility_case.hpp"
#include "evaluate/words.hpp"
#include "headrope/answers.hpp"
#include "headrope/pack_answers.hpp"
#include "rules/expression.hpp"

namespace headrope {

/// One text of a row.
struct CaseCell {
  std::string column{};
  std::string text{};  ///< empty for null
  bool is_null = false;
};

/// A row of a table of the organisation.
struct CaseRow {
  int line = 0;
  int column = 0;
  std::vector<CaseCell> cells{};
  /// Persons by the word of their presence; only in records.
  std::vector<std::pair<std::string, std::string>> marks{};

  /// The text of a column; nullptr if the row does not have it.
  [[nodiscard]] const CaseCell* find(std::string_view name) const;
};

/// An organisation: a package, tables, or both.
struct CaseOrganisation {
  std::string package{};  ///< relative to the case file; empty: none
  int package_line = 0;
  std::map<std::string, std::vector<CaseRow>, std::less<>> tables{};
};

/// One thing that must come out of a rule.
struct Expectation {
  /// What is compared.
  enum class Key : std::uint8_t {
    status,
    value,
    threshold,
    margin,
    count,  ///< of subjects, by the word
    windows,
    unmet_from,
    other_reading,
    reason,
    coverage,
    explain,
    grade,
    above
  };
  Key key = Key::status;
  std::string word{};     ///< the key as it stands in the file
  std::string subject{};  ///< or the node of a coverage
  std::string window{};   ///< first day, or the start of it; empty: overall
  int line = 0;

  // What is expected; by the key, one or two of these.
  Status status = Status::met;
  Fraction number{};
  Date day{};
  std::int64_t count = 0;  ///< subjects, or those that meet the rule
  Ratio ratio{};           ///< windows; met of eligible at a node
  std::vector<std::string> texts{};
  std::string hierarchy{};
  CountBasis basis = CountBasis::primary;
};

/// Everything that must come out of one rule.
struct RuleExpectation {
  std::string rule{};
  int line = 0;
  std::vector<Expectation> expectations{};
};

/// Subjects of one rule.
struct ExpectedSubjects {
  std::string rule{};
  std::vector<std::string> subjects{};
  int line = 0;
};

/// Another pack to compare with: a file, or changed values.
struct CaseAgainst {
  std::string file{};  ///< empty: changed values
  std::vector<std::pair<std::string, Fraction>> parameters{};
  Date from{};
  int line = 0;
};

/// The verdict of a check.
struct ExpectedVerdict {
  std::string check{};
  AuditVerdict verdict = AuditVerdict::holds;
  int line = 0;
};

/// The phase of the day.
struct ExpectedPhase {
  std::string id{};
  std::optional<std::int64_t> day{};
  std::optional<std::int64_t> days{};
  std::optional<std::int64_t> open{};
  int line = 0;
};

/// A case.
struct Case {
  std::string id{};
  Text title{};
  std::string clause{};
  int line = 0;
  Date as_of{};
  Interval range{};
  CaseOrganisation organisation{};
  std::vector<RuleExpectation> expect{};
  std::optional<CaseAgainst> against{};
  std::vector<ExpectedSubjects> falls_out{};
  std::vector<ExpectedSubjects> enters{};
  std::vector<ExpectedVerdict> audit{};
  std::optional<ExpectedPhase> phase{};
  std::optional<ResponsibilityCase> responsibility{};
};

/// A file of cases of one pack.
struct CaseFile {
  std::filesystem::path path{};
  std::string name{};  ///< as findings name it
  std::string pack = "pack.yaml";
  CaseOrganisation organisation{};
  std::vector<Case> cases{};
};

}  // namespace headrope
