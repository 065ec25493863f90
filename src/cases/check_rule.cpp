// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The expectations of one rule, key by key. What an expectation does not fit,
// such as a subject that the rule does not have, is a failure like any other.

#include <algorithm>
#include <unordered_map>

#include "base/utf8.hpp"
#include "cases/check_case.hpp"
#include "evaluate/overall.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

using Key = Expectation::Key;

std::string word_of(Status status) {
  return std::string(status_words[static_cast<std::size_t>(status)]);
}

std::string text_of(const std::optional<Fraction>& value) {
  return value ? to_string(*value) : "no value";
}

// Every word of an explanation, one text after the other.
class ExplanationText {
 public:
  explicit ExplanationText(const Explanation& told) {
    for (const auto* text : {&told.subject, &told.subject_name,
                             &told.sentence_zh, &told.sentence_en}) {
      add(*text);
    }
    add(word_of(told.overall));
    for (const ParameterInfo& parameter : told.parameters) {
      add(parameter.id);
      add(text_of(parameter.value));
      add(parameter.clause);
    }
    for (const ExplainedWindow& window : told.windows) add(window);
  }

  [[nodiscard]] bool contains(std::string_view words) const {
    return text_.find(words) != std::string::npos;
  }

 private:
  void add(std::string_view text) {
    text_ += text;
    text_ += '\n';
  }

  void add(const ExplainedWindow& window) {
    add(to_string(window.window.valid_from));
    add(word_of(window.status));
    if (window.value) add(to_string(*window.value));
    if (window.threshold) add(to_string(*window.threshold));
    add(window.reason);
    for (const ExplainedStep& step : window.steps) add(step);
  }

  void add(const ExplainedStep& step) {
    add(step.zh);
    add(step.en);
    if (step.value) add(to_string(*step.value));
    if (step.threshold) add(to_string(*step.threshold));
    for (const ExplainedItem& item : step.items) {
      add(item.id);
      add(item.what);
      add(to_string(item.days.valid_from));
      if (item.value) add(to_string(*item.value));
      add(item.detail);
    }
  }

  std::string text_;
};

class RuleChecker {
 public:
  RuleChecker(const CaseSubject& subject, const RuleExpectation& expected,
              const RuleAssessment& found, CaseOutcome& outcome)
      : subject_(subject),
        rule_(subject.pack->model().rules[found.rule]),
        expected_(expected),
        found_(found),
        outcome_(outcome) {
    for (std::size_t at = 0; at < found.subjects.size(); ++at) {
      positions_.emplace(identity_of(at), at);
    }
  }

  void run() {
    for (const Expectation& expected : expected_.expectations) {
      check(expected);
    }
  }

 private:
  // Compares two texts that stand for what was expected and what came out.
  void note(const Expectation& expected, std::string_view wanted,
            std::string_view got) {
    note_if(expected, wanted == got, wanted, got);
  }

  void note_if(const Expectation& expected, bool is_good,
               std::string_view wanted, std::string_view got) {
    if (is_good) {
      outcome_.note({});
      return;
    }
    std::string what = rule_.id + ": " + expected.word;
    if (!expected.subject.empty()) what += " of " + expected.subject;
    if (!expected.window.empty()) what += " in " + expected.window;
    outcome_.note(failure_text(what, wanted, got, expected.line));
  }

  void check(const Expectation& expected) {
    switch (expected.key) {
      case Key::count:
        note(expected, std::to_string(expected.count),
             std::to_string(count_of(expected.word)));
        return;
      case Key::coverage:
        check_coverage(expected);
        return;
      case Key::above:
        check_above(expected);
        return;
      default:
        break;
    }
    const auto at = positions_.find(expected.subject);
    if (at == positions_.end()) {
      note_if(expected, false, wanted_of(expected), "no subject of the rule");
    } else {
      check_subject(expected, at->second);
    }
  }

  [[nodiscard]] std::int64_t count_of(std::string_view word) const {
    const StatusCounts counts = found_.counts();
    for (std::size_t at = 0; at < status_words.size(); ++at) {
      if (status_words[at] == word) return counts.by_status[at];
    }
    return counts.eligible();
  }

  static std::string wanted_of(const Expectation& expected) {
    switch (expected.key) {
      case Key::status:
      case Key::other_reading:
        return word_of(expected.status);
      case Key::unmet_from:
        return to_string(expected.day);
      case Key::windows:
        return ratio_text(expected.ratio);
      case Key::reason:
      case Key::grade:
      case Key::explain:
        return in_quotes(expected.texts.front());
      default:
        return to_string(expected.number);
    }
  }

  static std::string ratio_text(const Ratio& ratio) {
    return std::to_string(ratio.numerator) + "/" +
           std::to_string(ratio.denominator);
  }

  void check_subject(const Expectation& expected, std::size_t subject) {
    const std::string wanted = wanted_of(expected);
    switch (expected.key) {
      case Key::windows:
        note(expected, wanted, ratio_text(found_.windows_met(subject)));
        return;
      case Key::reason:
        check_reason(expected, subject);
        return;
      case Key::explain:
        check_explanation(expected);
        return;
      default:
        break;
    }
    if (expected.window.empty()) {
      if (expected.key == Key::status) {
        note(expected, wanted, word_of(found_.overall(subject)));
        return;
      }
      if (expected.key == Key::other_reading) {
        note(expected, wanted, other_reading_of(subject));
        return;
      }
      if (expected.key == Key::unmet_from) {
        note(expected, wanted, unmet_from_of(subject));
        return;
      }
    }
    std::string fault;
    const auto cell = find_cell(expected.window, subject, fault);
    note(expected, wanted, cell ? cell_text(expected, *cell) : fault);
  }

  // The only window of a subject, or the one of a name.
  std::optional<std::size_t> find_cell(const std::string& window,
                                       std::size_t subject,
                                       std::string& fault) const {
    std::vector<std::size_t> cells;
    for (std::size_t at = 0; at < found_.windows.size(); ++at) {
      const Date first = found_.window(subject, at).valid_from;
      if (window.empty() || to_string(first).starts_with(window)) {
        cells.push_back(found_.at(subject, at));
      }
    }
    if (cells.size() == 1) return cells.front();
    fault = cells.empty() ? "no such window"
                          : std::to_string(cells.size()) + " windows";
    return std::nullopt;
  }

  std::string cell_text(const Expectation& expected, std::size_t cell) const {
    const std::optional<Fraction> value = found_.value(cell);
    const std::optional<Fraction> threshold = found_.threshold(cell);
    switch (expected.key) {
      case Key::status:
        return word_of(found_.statuses[cell]);
      case Key::value:
        return text_of(value);
      case Key::threshold:
        return threshold ? to_string(*threshold) : "no threshold";
      case Key::margin:
        if (!threshold) return "no threshold";
        return value ? text_of(subtract(*value, *threshold)) : "no value";
      case Key::unmet_from:
        return day_text(deadline_of(cell));
      case Key::other_reading:
        return found_.other_reading.empty()
                   ? "no other reading"
                   : word_of(found_.other_reading[cell]);
      case Key::grade:
        return grade_text(expected, value);
      default:
        return {};
    }
  }

  // The grade in the words that were expected, if it is the same in them.
  std::string grade_text(const Expectation& expected,
                         const std::optional<Fraction>& value) const {
    if (!value) return "no value";
    for (const Grade& grade : rule_.grades) {
      if (*value < grade.at_least) continue;
      const std::string& wanted = expected.texts.front();
      const bool is_same = grade.grade.zh == wanted || grade.grade.en == wanted;
      return in_quotes(is_same                  ? wanted
                       : grade.grade.en.empty() ? grade.grade.zh
                                                : grade.grade.en);
    }
    return "no grade";
  }

  [[nodiscard]] Date deadline_of(std::size_t cell) const {
    return found_.unmet_from.empty() ? Date::open_end()
                                     : found_.unmet_from[cell];
  }

  static std::string day_text(Date day) {
    return day.is_open() ? "no day" : to_string(day);
  }

  // The first day on which one of the windows can no longer be met.
  std::string unmet_from_of(std::size_t subject) const {
    Date first = Date::open_end();
    for (std::size_t at = 0; at < found_.windows.size(); ++at) {
      first = std::min(first, deadline_of(found_.at(subject, at)));
    }
    return day_text(first);
  }

  std::string other_reading_of(std::size_t subject) const {
    if (found_.other_reading.empty()) return "no other reading";
    return word_of(
        overall_of(std::span(found_.other_reading)
                       .subspan(found_.at(subject, 0), found_.windows.size())));
  }

  void check_reason(const Expectation& expected, std::size_t subject) {
    std::string all;
    for (std::size_t at = 0; at < found_.windows.size(); ++at) {
      if (found_.reasons.empty()) break;
      const std::string& text =
          found_.reason_texts[found_.reasons[found_.at(subject, at)]];
      if (text.find(expected.texts.front()) != std::string::npos) {
        outcome_.note({});
        return;
      }
      if (all.empty()) all = text;
    }
    note_if(expected, false, wanted_of(expected),
            all.empty() ? "no reason" : in_quotes(all));
  }

  void check_explanation(const Expectation& expected) {
    auto made = explanations_.find(expected.subject);
    if (made == explanations_.end()) {
      const auto told =
          explain(subject_.snapshot, subject_.pack, found_.rule,
                  expected.subject, {.range = subject_.definition.range});
      if (!told) {
        note_if(expected, false, wanted_of(expected), told.error().message);
        return;
      }
      made = explanations_.emplace(expected.subject, *told).first;
    }
    note_if(expected, made->second.contains(expected.texts.front()),
            wanted_of(expected), "an explanation without it");
  }

  void check_above(const Expectation& expected) {
    std::vector<std::string> got;
    for (std::size_t at = 0; at < found_.subjects.size(); ++at) {
      for (std::size_t window = 0; window < found_.windows.size(); ++window) {
        if (!found_.above.empty() && found_.above[found_.at(at, window)] != 0) {
          got.push_back(identity_of(at));
          break;
        }
      }
    }
    std::vector<std::string> wanted = expected.texts;
    std::sort(got.begin(), got.end());
    std::sort(wanted.begin(), wanted.end());
    note(expected, listed_names(wanted), listed_names(got));
  }

  void check_coverage(const Expectation& expected) {
    const std::string wanted = ratio_text(expected.ratio);
    const std::string hierarchy =
        !expected.hierarchy.empty()                   ? expected.hierarchy
        : found_.subject_type == SubjectType::persons ? "party"
                                                      : "administrative";
    const Forest* forest = subject_.snapshot.find_forest(hierarchy);
    const auto unit = subject_.snapshot.find_unit(expected.subject);
    if (forest == nullptr || !unit) {
      note(expected, wanted,
           forest == nullptr ? "no hierarchy " + in_quotes(hierarchy)
                             : "no such unit");
      return;
    }
    const PlaceIndex place = forest->first_place(*unit);
    if (place.is_none()) {
      note(expected, wanted, "no place in " + in_quotes(hierarchy));
      return;
    }
    const auto covered =
        cover(subject_.snapshot, *forest, found_, expected.basis);
    if (!covered) {
      note(expected, wanted, covered.error().message);
      return;
    }
    const StatusCounts counts = covered->at(place);
    note(expected, wanted,
         ratio_text({counts.of(Status::met), counts.eligible()}));
  }

  [[nodiscard]] std::string identity_of(std::size_t at) const {
    return subject_identity(subject_.snapshot, found_.subject_type,
                            found_.subjects[at]);
  }

  const CaseSubject& subject_;
  const PackRule& rule_;
  const RuleExpectation& expected_;
  const RuleAssessment& found_;
  CaseOutcome& outcome_;
  std::unordered_map<std::string, std::size_t> positions_;
  std::unordered_map<std::string, ExplanationText> explanations_;
};

bool asks_for_deadlines(const RuleExpectation& expected) {
  return std::any_of(
      expected.expectations.begin(), expected.expectations.end(),
      [](const Expectation& one) { return one.key == Key::unmet_from; });
}

}  // namespace

void check_rule(const CaseSubject& subject, const RuleExpectation& expected,
                std::size_t rule, CaseOutcome& outcome) {
  RuleQuestion question;
  question.range = subject.definition.range;
  question.wants_deadlines = asks_for_deadlines(expected);
  const auto found = assess(subject.snapshot, subject.pack, rule, question);
  if (found) {
    RuleChecker(subject, expected, *found, outcome).run();
    return;
  }
  for (const Expectation& one : expected.expectations) {
    outcome.note(failure_text(expected.rule + ": " + one.word, "an assessment",
                              found.error().message, one.line));
  }
}

}  // namespace headrope
