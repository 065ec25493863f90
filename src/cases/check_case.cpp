// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/check_case.hpp"

#include <algorithm>
#include <map>

#include "rules/pack_model.hpp"

namespace headrope {
namespace {

class CaseChecker {
 public:
  explicit CaseChecker(const CaseSubject& subject)
      : subject_(subject), case_(subject.definition) {}

  CaseOutcome run() {
    for (const RuleExpectation& expected : case_.expect) {
      if (!subject_.wants(expected.rule)) continue;
      const auto rule = subject_.pack->find_rule(expected.rule);
      if (rule) {
        check_rule(subject_, expected, *rule, outcome_);
      } else {
        note_no_rule(expected.rule, expected.line);
      }
    }
    check_changes();
    if (subject_.rules == nullptr) {
      check_audit();
      if (case_.phase) check_phase(*case_.phase);
    }
    return std::move(outcome_);
  }

 private:
  void note_no_rule(const std::string& rule, int line) {
    outcome_.note(
        failure_text(rule, "a rule of the pack", "no such rule", line));
  }

  // Who falls out and enters when the other pack holds.
  void check_changes() {
    const bool wants_any =
        std::any_of(case_.falls_out.begin(), case_.falls_out.end(),
                    [&](const auto& list) { return wants(list); }) ||
        std::any_of(case_.enters.begin(), case_.enters.end(),
                    [&](const auto& list) { return wants(list); });
    if (!wants_any || !case_.against || subject_.against == nullptr) return;
    const auto compared = compare(subject_.snapshot, subject_.pack,
                                  subject_.against, {.range = case_.range});
    if (!compared) {
      outcome_.note(failure_text("against", "a comparison",
                                 compared.error().message,
                                 case_.against->line));
      return;
    }
    for (const ExpectedSubjects& list : case_.falls_out) {
      check_change(*compared, list, Transition::fell_out, "falls out");
    }
    for (const ExpectedSubjects& list : case_.enters) {
      check_change(*compared, list, Transition::entered, "enters");
    }
  }

  [[nodiscard]] bool wants(const ExpectedSubjects& list) const {
    return subject_.wants(list.rule);
  }

  void check_change(const std::vector<RuleComparison>& compared,
                    const ExpectedSubjects& list, Transition transition,
                    std::string_view what) {
    if (!wants(list)) return;
    const auto found = std::find_if(
        compared.begin(), compared.end(),
        [&](const RuleComparison& one) { return one.rule == list.rule; });
    if (found == compared.end()) {
      note_no_rule(list.rule, list.line);
      return;
    }
    std::vector<std::string> got;
    for (const ChangedSubject& changed : found->changed) {
      if (changed.transition != transition) continue;
      got.push_back(subject_identity(
          subject_.snapshot, found->after.subject_type, changed.subject));
    }
    std::vector<std::string> expected = list.subjects;
    std::sort(got.begin(), got.end());
    std::sort(expected.begin(), expected.end());
    outcome_.note(got == expected
                      ? ""
                      : failure_text(list.rule + ": " + std::string(what),
                                     listed_names(expected), listed_names(got),
                                     list.line));
  }

  void check_audit() {
    if (case_.audit.empty()) return;
    const std::vector<AuditResult> results = audit(*subject_.pack);
    for (const ExpectedVerdict& expected : case_.audit) {
      const auto found = std::find_if(
          results.begin(), results.end(),
          [&](const AuditResult& one) { return one.check == expected.check; });
      const std::string_view wanted =
          audit_words[static_cast<std::size_t>(expected.verdict)];
      if (found == results.end()) {
        outcome_.note(failure_text(expected.check, wanted, "no such check",
                                   expected.line));
      } else if (found->verdict != expected.verdict) {
        const auto got = static_cast<std::size_t>(found->verdict);
        outcome_.note(failure_text(expected.check, wanted,
                                   std::string(audit_words[got]) + " (stated " +
                                       found->stated + ", computed " +
                                       found->computed + ")",
                                   expected.line));
      } else {
        outcome_.note({});
      }
    }
  }

  void check_phase(const ExpectedPhase& expected) {
    const auto found = phase_on(*subject_.pack, case_.as_of);
    const bool is_in_one = found && found->phase < found->count;
    const std::string got = is_in_one ? found->id : "none";
    outcome_.note(got == expected.id
                      ? ""
                      : failure_text("phase", expected.id, got, expected.line));
    if (!is_in_one) return;
    check_number("day of the phase", expected.day, found->day, expected.line);
    check_number("days of the phase", expected.days, found->days,
                 expected.line);
    if (expected.open) {
      check_number("deliverables still open", expected.open,
                   open_deliverables(found->phase, expected.line),
                   expected.line);
    }
  }

  void check_number(std::string_view what, std::optional<std::int64_t> expected,
                    std::int64_t got, int line) {
    if (!expected) return;
    outcome_.note(*expected == got
                      ? ""
                      : failure_text(what, std::to_string(*expected),
                                     std::to_string(got), line));
  }

  // Deliverables are rules; one is open while a subject does not meet it in the
  // days of the phase.
  std::int64_t open_deliverables(std::size_t phase, int line) {
    std::int64_t open = 0;
    const Phase& asked = subject_.pack->model().phases[phase];
    for (const std::string& id : asked.deliverables) {
      const auto rule = subject_.pack->find_rule(id);
      if (!rule) continue;
      const auto found = assess(subject_.snapshot, subject_.pack, *rule,
                                {.range = asked.days});
      if (!found) {
        outcome_.note(
            failure_text(id, "an assessment", found.error().message, line));
        continue;
      }
      const StatusCounts counts = found->counts();
      if (counts.of(Status::met) < counts.eligible()) ++open;
    }
    return open;
  }

  const CaseSubject& subject_;
  const Case& case_;
  CaseOutcome outcome_;
};

}  // namespace

std::string failure_text(std::string_view what, std::string_view expected,
                         std::string_view got, int line) {
  std::string text(what);
  text += ": expected ";
  text += expected;
  text += ", got ";
  text += got;
  text += " (line " + std::to_string(line) + ")";
  return text;
}

std::string listed_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "none" : text;
}

CaseOutcome check_case(const CaseSubject& subject) {
  return CaseChecker(subject).run();
}

}  // namespace headrope
