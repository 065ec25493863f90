// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/pack_texts.hpp"

#include <array>
#include <optional>
#include <sstream>

#include "support/organisation.hpp"

namespace headrope::testing {
namespace {

// Value and threshold are shown where the status has to do with them.
bool is_judged(Status status) {
  return status == Status::met || status == Status::unmet ||
         status == Status::pending || status == Status::not_evaluable;
}

std::string shown(const std::optional<Fraction>& number) {
  return number ? std::to_string(number->numerator) + "/" +
                      std::to_string(number->denominator)
                : "nothing";
}

std::string text(const Interval& window, Status status,
                 const std::optional<Fraction>& value,
                 const std::optional<Fraction>& threshold, bool is_above) {
  std::ostringstream out;
  out << window << ' ' << word(status);
  if (is_judged(status)) {
    out << ' ' << shown(value) << " against " << shown(threshold)
        << (is_above ? " above" : "");
  }
  return out.str();
}

std::optional<Fraction> narrow(const std::optional<oracle::Exact>& value) {
  return value ? make_fraction(static_cast<std::int64_t>(value->top),
                               static_cast<std::int64_t>(value->bottom))
               : std::nullopt;
}

}  // namespace

const char* word(Status status) {
  constexpr std::array<const char*, status_count> words{
      "met",          "unmet",        "pending", "exempt", "not_applicable",
      "not_in_force", "not_evaluable"};
  return words.at(static_cast<std::size_t>(status));
}

CellTexts texts_of(const Snapshot& snapshot, const RuleAssessment& assessment) {
  CellTexts texts;
  for (std::size_t s = 0; s < assessment.subjects.size(); ++s) {
    std::vector<std::string>& list = texts[subject_identity(
        snapshot, assessment.subject_type, assessment.subjects[s])];
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const std::size_t i = assessment.at(s, w);
      list.push_back(
          text(assessment.window(s, w), assessment.statuses.at(i),
               assessment.value(i), assessment.threshold(i),
               !assessment.above.empty() && assessment.above.at(i) != 0));
    }
    list.emplace_back(word(assessment.overall(s)));
  }
  return texts;
}

CellTexts texts_of(const oracle::PackVerdicts& verdicts) {
  CellTexts texts;
  for (const auto& [subject, row] : verdicts.by_subject) {
    std::vector<std::string>& list = texts[subject];
    const auto own = verdicts.own_windows.find(subject);
    for (std::size_t w = 0; w < row.size(); ++w) {
      const Interval& window = own == verdicts.own_windows.end()
                                   ? verdicts.windows.at(w)
                                   : own->second.at(w);
      list.push_back(text(window, row[w].status, narrow(row[w].value),
                          narrow(row[w].threshold), row[w].is_above));
    }
    list.emplace_back(word(overall(row)));
  }
  return texts;
}

std::string difference(const CellTexts& found, const CellTexts& expected) {
  std::string out;
  for (const auto& [subject, cells] : expected) {
    if (!found.contains(subject)) {
      out += "only expected: " + subject + "\n";
    }
  }
  for (const auto& [subject, cells] : found) {
    const auto other = expected.find(subject);
    if (other == expected.end()) {
      out += "only found: " + subject + "\n";
      continue;
    }
    for (std::size_t i = 0; i < cells.size() || i < other->second.size(); ++i) {
      const std::string cell = i < cells.size() ? cells[i] : "nothing";
      const std::string wanted =
          i < other->second.size() ? other->second[i] : "nothing";
      if (cell != wanted) {
        out += subject + ": found " + cell + ", expected " + wanted + "\n";
      }
    }
  }
  return out;
}

}  // namespace headrope::testing
