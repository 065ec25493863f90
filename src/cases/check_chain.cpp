// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/check_chain.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

using Texts = std::vector<std::string>;

std::string word(LinkState state) {
  return std::string(link_words[static_cast<std::size_t>(state)]);
}

class ChainChecker {
 public:
  ChainChecker(const ChainSubject& subject, const ExpectedChain& expected,
               CaseOutcome& outcome)
      : subject_(subject),
        snapshot_(*subject.of_case.snapshot),
        expected_(expected),
        outcome_(outcome),
        what_("chain along " + expected.along) {}

  void run() {
    if (!prepare()) return;
    const auto found = follow_chains(subject_.responsibility, question_);
    if (!found) {
      note(what_, "the chains", found.error().message, expected_.line);
      return;
    }
    for (const auto& [name, state] : expected_.states) {
      check_state(*found, name, state);
    }
    if (expected_.breaks) check_breaks(*expected_.breaks, found->breaks);
    check_number("leaves", expected_.leaves, found->leaves);
    check_number("leaves reached", expected_.reached, found->leaves_reached);
    if (!expected_.points.empty()) check_points();
  }

 private:
  void note(const std::string& what, const std::string& expected,
            const std::string& got, int line) {
    outcome_.note(expected == got ? ""
                                  : failure_text(what, expected, got, line));
  }

  void check_number(std::string_view what, std::optional<std::int64_t> expected,
                    std::int64_t got) {
    if (!expected) return;
    note(what_ + ": " + std::string(what), std::to_string(*expected),
         std::to_string(got), expected_.line);
  }

  bool miss(const std::string& kind, const std::string& name) {
    note(what_, "a " + kind + " " + in_quotes(name), "no such " + kind,
         expected_.line);
    return false;
  }

  // The question; false if it names what there is not.
  bool prepare() {
    question_.forest = snapshot_.find_forest(expected_.along);
    if (question_.forest == nullptr) return miss("hierarchy", expected_.along);
    question_.day = expected_.on.value_or(snapshot_.as_of());
    question_.needs_post = expected_.needs_post;
    const auto roles = subject_.names.roles(expected_.roles);
    if (!roles) return miss("role", listed_names(expected_.roles));
    question_.roles = *roles;
    if (!expected_.duty.empty()) {
      question_.duty = snapshot_.find_duty(expected_.duty);
      if (!question_.duty) return miss("duty", expected_.duty);
    }
    if (!expected_.top.empty()) {
      const auto top = snapshot_.find_unit(expected_.top);
      if (!top) return miss("unit", expected_.top);
      question_.top = question_.forest->first_place(*top);
    }
    return expected_.rule.empty() || prepare_values();
  }

  // A unit holds unless it does not meet the rule; one that the rule does not
  // speak of hands on what it is given.
  bool prepare_values() {
    const PackPointer& pack = subject_.of_case.pack;
    const auto rule = pack->find_rule(expected_.rule);
    if (!rule) return miss("rule", expected_.rule);
    const auto found = assess(snapshot_, pack, *rule,
                              {.range = subject_.of_case.definition.range});
    if (!found) {
      note(what_, "an assessment of " + expected_.rule, found.error().message,
           expected_.line);
      return false;
    }
    if (found->subject_type != SubjectType::units) {
      note(what_, "a rule for units", expected_.rule, expected_.line);
      return false;
    }
    held_.assign(snapshot_.unit_count(), 1);
    for (std::size_t at = 0; at < found->subjects.size(); ++at) {
      if (found->overall(at) == Status::unmet) held_[found->subjects[at]] = 0;
    }
    question_.held = held_;
    return true;
  }

  void check_state(const Chains& found, const std::string& name,
                   LinkState state) {
    const auto unit = snapshot_.find_unit(name);
    if (!unit) {
      miss("unit", name);
      return;
    }
    note("link " + name, word(state), word(found.states[unit->value]),
         expected_.line);
  }

  void check_breaks(const std::vector<ExpectedBreak>& expected,
                    const std::vector<ChainBreak>& breaks) {
    Texts wanted;
    for (const ExpectedBreak& one : expected) {
      wanted.push_back(one.unit);
    }
    Texts got;
    got.reserve(breaks.size());
    for (const ChainBreak& one : breaks) {
      got.push_back(subject_.names.text(one.unit));
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(got.begin(), got.end());
    note(what_ + ": breaks", listed_names(wanted), listed_names(got),
         expected_.line);
    for (const ExpectedBreak& one : expected) {
      const auto found =
          std::find_if(breaks.begin(), breaks.end(), [&](const auto& made) {
            return subject_.names.text(made.unit) == one.unit;
          });
      if (found != breaks.end()) check_break(*found, one);
    }
  }

  void check_break(const ChainBreak& found, const ExpectedBreak& expected) {
    const std::string what = "break at " + expected.unit;
    const int line = expected.line;
    if (expected.state) {
      note(what, word(*expected.state), word(found.state), line);
    }
    if (expected.post) {
      note(what + ": post", *expected.post, subject_.names.text(found.post),
           line);
    }
    if (expected.since) {
      note(what + ": since", first_day_text({*expected.since, {}}),
           first_day_text(found.days), line);
    }
    if (expected.age) {
      const Date since = found.days.valid_from;
      note(what + ": days old", std::to_string(*expected.age),
           since.is_open() ? "open"
                           : std::to_string(question_.day.days - since.days),
           line);
    }
    if (expected.is_first) {
      note(what + ": first", *expected.is_first ? "true" : "false",
           found.is_first ? "true" : "false", line);
    }
    if (expected.hanging) {
      check_hanging(found, expected.unit, *expected.hanging, line);
    }
  }

  // The units that hang, and that as many of them are counted.
  void check_hanging(const ChainBreak& found, const std::string& unit,
                     Texts wanted, int line) {
    Texts got;
    for (const UnitIndex one : hanging_below(*question_.forest, found.unit)) {
      got.push_back(subject_.names.text(one));
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(got.begin(), got.end());
    note("hanging on " + unit, listed_names(wanted), listed_names(got), line);
    note("units that hang on " + unit, std::to_string(wanted.size()),
         std::to_string(found.hanging), line);
  }

  void check_points() {
    const auto points = single_points(subject_.responsibility, question_);
    if (!points) {
      note(what_, "the single points", points.error().message, expected_.line);
      return;
    }
    for (const ExpectedPoint& one : expected_.points) {
      const auto found =
          std::find_if(points->begin(), points->end(), [&](const auto& made) {
            return subject_.names.text(made.holder) == one.holder;
          });
      const SinglePoint got = found == points->end() ? SinglePoint{} : *found;
      note("single point " + one.holder + ": units", std::to_string(one.units),
           std::to_string(got.units), one.line);
      note("single point " + one.holder + ": hanging",
           std::to_string(one.hanging), std::to_string(got.hanging), one.line);
    }
  }

  const ChainSubject& subject_;
  const Snapshot& snapshot_;
  const ExpectedChain& expected_;
  CaseOutcome& outcome_;
  std::string what_;
  ChainQuestion question_;
  std::vector<std::uint8_t> held_;
};

}  // namespace

void check_chain(const ChainSubject& subject, const ExpectedChain& expected,
                 CaseOutcome& outcome) {
  ChainChecker(subject, expected, outcome).run();
}

}  // namespace headrope
