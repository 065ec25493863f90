// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Holders, findings, loads, tenures and who had to answer. A name that the
// organisation does not have is a failure like any other.

#include "cases/check_responsibility.hpp"

#include <algorithm>
#include <set>

#include "base/utf8.hpp"
#include "cases/check_chain.hpp"
#include "cases/responsibility_texts.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

using Texts = std::vector<std::string>;

// In order, each once.
Texts as_set(Texts texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

class ResponsibilityChecker {
 public:
  ResponsibilityChecker(const ResponsibilitySubject& subject,
                        CaseOutcome& outcome)
      : subject_(subject),
        expected_(*subject.definition.responsibility),
        snapshot_(*subject.snapshot),
        names_(snapshot_),
        responsibility_(subject.snapshot),
        outcome_(outcome) {}

  void run() {
    for (const ExpectedHolders& one : expected_.who) check_holders(one);
    check_gaps();
    for (const ExpectedChain& one : expected_.chains) {
      check_chain({subject_, responsibility_, names_}, one, outcome_);
    }
    for (const ExpectedLoad& one : expected_.loads) check_load(one);
    for (const ExpectedTenures& one : expected_.tenures) check_tenures(one);
    for (const ExpectedMissed& one : expected_.missed) check_missed(one);
    if (expected_.unknown) {
      compare_sets("names without a holder", *expected_.unknown,
                   subject_.unknown_holders, expected_.line);
    }
  }

 private:
  void compare(const std::string& what, const std::string& expected,
               const std::string& got, int line) {
    outcome_.note(expected == got ? ""
                                  : failure_text(what, expected, got, line));
  }

  void compare_sets(const std::string& what, const Texts& expected,
                    const Texts& got, int line) {
    compare(what, listed_names(as_set(expected)), listed_names(as_set(got)),
            line);
  }

  void miss(const std::string& what, const std::string& kind,
            const std::string& name, int line) {
    outcome_.note(failure_text(what, "a " + kind + " " + in_quotes(name),
                               "no such " + kind, line));
  }

  // The question about a duty and roles; nothing if a name is not known.
  std::optional<HolderQuestion> question_of(const std::string& what,
                                            const std::string& duty,
                                            const Texts& roles,
                                            std::optional<Date> on, int line) {
    HolderQuestion question;
    question.day = on.value_or(snapshot_.as_of());
    if (!duty.empty()) {
      question.duty = snapshot_.find_duty(duty);
      if (!question.duty) {
        miss(what, "duty", duty, line);
        return std::nullopt;
      }
    }
    if (roles.empty()) {
      question.roles = names_.leading_roles();
    } else if (roles != Texts{"any"}) {
      const auto found = names_.roles(roles);
      if (!found) {
        miss(what, "role", listed_names(roles), line);
        return std::nullopt;
      }
      question.roles = *found;
    }
    return question;
  }

  void check_holders(const ExpectedHolders& expected) {
    const std::string for_whom =
        expected.person.empty() ? expected.unit : expected.person;
    std::string what = "holders";
    if (!expected.duty.empty()) what += " of " + expected.duty;
    if (!for_whom.empty()) what += " for " + for_whom;
    if (expected.on) what += " on " + to_string(*expected.on);
    const auto question = question_of(what, expected.duty, expected.roles,
                                      expected.on, expected.line);
    if (!question) return;
    const auto found = find_holders(what, expected, *question);
    if (!found) return;
    Texts holders;
    Texts duties;
    for (const Holder& holder : *found) {
      holders.push_back(names_.text(holder));
      duties.push_back(names_.text(holder.duty));
    }
    compare_sets(what, expected.holders, holders, expected.line);
    if (expected.duties) {
      compare_sets(what + ": duties", *expected.duties, duties, expected.line);
    }
    if (expected.reached) {
      Texts reached;
      for (const Holder& holder : *found) {
        reached.emplace_back(
            reached_words[static_cast<std::size_t>(holder.reached)]);
      }
      compare_sets(
          what + ": reached",
          {std::string(
              reached_words[static_cast<std::size_t>(*expected.reached)])},
          reached, expected.line);
    }
  }

  std::optional<std::vector<Holder>> find_holders(
      const std::string& what, const ExpectedHolders& expected,
      const HolderQuestion& question) {
    if (!expected.person.empty()) {
      const auto person = snapshot_.find_person(expected.person);
      if (!person) {
        miss(what, "person", expected.person, expected.line);
        return std::nullopt;
      }
      return holders_for_person(responsibility_, *person, question,
                                rules_with_duties(what, expected.line));
    }
    if (expected.unit.empty()) {
      return responsibility_.holders(UnitIndex{}, question);
    }
    const auto unit = snapshot_.find_unit(expected.unit);
    if (!unit) {
      miss(what, "unit", expected.unit, expected.line);
      return std::nullopt;
    }
    return responsibility_.holders(*unit, question);
  }

  // The assessments of the rules whose subjects some duty is for.
  std::vector<RuleAssessment> rules_with_duties(const std::string& what,
                                                int line) {
    std::set<std::string> ids;
    for (const DutyInfo& duty : subject_.pack->duties()) {
      if (!duty.subjects_of.empty()) ids.emplace(duty.subjects_of);
    }
    std::vector<RuleAssessment> made;
    for (const std::string& id : ids) {
      if (auto found = assess_rule(what, id, line)) {
        made.push_back(*std::move(found));
      }
    }
    return made;
  }

  std::optional<RuleAssessment> assess_rule(const std::string& what,
                                            const std::string& id, int line) {
    const auto rule = subject_.pack->find_rule(id);
    if (!rule) {
      miss(what, "rule", id, line);
      return std::nullopt;
    }
    auto found = assess(snapshot_, subject_.pack, *rule,
                        {.range = subject_.definition.range});
    if (found) return *std::move(found);
    outcome_.note(failure_text(what, "an assessment of " + id,
                               found.error().message, line));
    return std::nullopt;
  }

  void check_gaps() {
    if (expected_.gaps.empty() && expected_.no_gaps.empty() &&
        expected_.no_types.empty() && expected_.gap_counts.empty()) {
      return;
    }
    GapQuestion question;
    question.days = expected_.days;
    auto found = find_gaps(responsibility_, question);
    if (!found) {
      outcome_.note(failure_text("gaps", "findings", found.error().message,
                                 expected_.line));
      return;
    }
    gaps_ = *std::move(found);
    for (const ExpectedGap& one : expected_.gaps) {
      outcome_.note(has(one) ? ""
                             : failure_text("gaps", description(one),
                                            listed_gaps(one.type), one.line));
    }
    for (const ExpectedGap& one : expected_.no_gaps) {
      outcome_.note(!has(one) ? ""
                              : failure_text("gaps", "no " + description(one),
                                             listed_gaps(one.type), one.line));
    }
    for (const GapType type : expected_.no_types) {
      compare(word(type), "none", listed_gaps(type), expected_.line);
    }
    for (const ExpectedGapCount& one : expected_.gap_counts) {
      const auto count =
          std::count_if(gaps_.begin(), gaps_.end(),
                        [&](const Gap& gap) { return gap.type == one.type; });
      outcome_.note(one.count == count
                        ? ""
                        : failure_text(word(one.type),
                                       std::to_string(one.count) + " findings",
                                       std::to_string(count) + ": " +
                                           listed_gaps(one.type),
                                       one.line));
    }
  }

  static std::string word(GapType type) {
    return std::string(gap_words[static_cast<std::size_t>(type)]);
  }

  [[nodiscard]] bool has(const ExpectedGap& expected) const {
    return std::any_of(gaps_.begin(), gaps_.end(),
                       [&](const Gap& gap) { return fits(expected, gap); });
  }

  [[nodiscard]] bool fits(const ExpectedGap& expected, const Gap& gap) const {
    const auto same = [](const OptionalText& wanted, const std::string& got) {
      return !wanted || *wanted == got;
    };
    return expected.type == gap.type &&
           same(expected.duty, names_.text(gap.duty)) &&
           same(expected.other_duty, names_.text(gap.other_duty)) &&
           same(expected.role, names_.text(gap.role)) &&
           same(expected.unit, names_.text(gap.unit)) &&
           same(expected.post, names_.text(gap.post)) &&
           same(expected.person, names_.text(gap.person)) &&
           same(expected.holder, names_.text(gap.holder)) &&
           same(expected.other, names_.text(gap.other)) &&
           same(expected.text, std::string(gap.text)) &&
           same(expected.clause, std::string(gap.clause)) &&
           expected.from.value_or(gap.days.valid_from) == gap.days.valid_from &&
           expected.until.value_or(gap.days.valid_until) ==
               gap.days.valid_until &&
           expected.count.value_or(gap.count) == gap.count &&
           expected.limit.value_or(gap.limit) == gap.limit;
  }

  static std::string description(const ExpectedGap& expected) {
    std::string made = word(expected.type);
    const auto add = [&](std::string_view key, const OptionalText& value) {
      if (!value) return;
      made += " " + std::string(key) + " " + (value->empty() ? "none" : *value);
    };
    add("duty", expected.duty);
    add("other_duty", expected.other_duty);
    add("role", expected.role);
    add("unit", expected.unit);
    add("post", expected.post);
    add("person", expected.person);
    add("holder", expected.holder);
    add("other", expected.other);
    add("text", expected.text);
    add("clause", expected.clause);
    const Interval days{expected.from.value_or(Date::open_start()),
                        expected.until.value_or(Date::open_end())};
    if (expected.from) add("from", first_day_text(days));
    if (expected.until) add("until", last_day_text(days));
    if (expected.count) add("count", std::to_string(*expected.count));
    if (expected.limit) add("limit", std::to_string(*expected.limit));
    return made;
  }

  [[nodiscard]] std::string listed_gaps(GapType type) const {
    constexpr std::size_t most = 8;
    Texts texts;
    std::size_t count = 0;
    for (const Gap& gap : gaps_) {
      if (gap.type == type && ++count <= most)
        texts.push_back(names_.text(gap));
    }
    if (count > most) texts.push_back("… " + std::to_string(count) + " in all");
    return listed_names(texts);
  }

  void check_load(const ExpectedLoad& expected) {
    LoadQuestion question;
    question.days = {expected.on.value_or(snapshot_.as_of())};
    question.limits = expected.limits;
    if (!expected.along.empty()) {
      question.line = snapshot_.find_forest(expected.along);
      if (question.line == nullptr) {
        miss("load", "hierarchy", expected.along, expected.line);
        return;
      }
    }
    if (!expected.top.empty()) {
      const auto top = snapshot_.find_unit(expected.top);
      if (!top) {
        miss("load", "unit", expected.top, expected.line);
        return;
      }
      question.top = *top;
    }
    const std::vector<Load> loads = count_load(responsibility_, question);
    for (const ExpectedBurden& one : expected.burdens) check_burden(loads, one);
    if (!expected.over) return;
    Texts over;
    for (const Load& load : loads) {
      if (load.is_over) over.push_back(names_.text(load.holder));
    }
    compare_sets("over the limit", *expected.over, over, expected.line);
  }

  // One who carries nothing need not be in the list.
  void check_burden(const std::vector<Load>& loads,
                    const ExpectedBurden& expected) {
    if (!snapshot_.find_unit(expected.holder) &&
        !snapshot_.find_person(expected.holder)) {
      miss("load", "unit or person", expected.holder, expected.line);
      return;
    }
    const auto found =
        std::find_if(loads.begin(), loads.end(), [&](const Load& load) {
          return names_.text(load.holder) == expected.holder;
        });
    const Burden burden = found == loads.end() ? Burden{} : found->burden;
    for (const auto& [item, number] : expected.items) {
      compare(item + " of " + expected.holder, std::to_string(number),
              std::to_string(item_of(burden, item)), expected.line);
    }
  }

  static std::int64_t item_of(const Burden& burden, std::string_view item) {
    if (item == "leads") return burden.leads;
    if (item == "cooperations") return burden.cooperations;
    if (item == "other_roles") return burden.other_roles;
    if (item == "posts") return burden.posts;
    if (item == "liaisons") return burden.liaisons;
    if (item == "contact_points") return burden.contact_points;
    return item == "pairings" ? burden.pairings : burden.total();
  }

  static std::string tenure_text(const std::string& person, bool is_acting,
                                 const Interval& days) {
    return (person.empty() ? "nobody" : person) +
           (is_acting ? " acting " : " ") + first_day_text(days) + ".." +
           last_day_text(days);
  }

  void check_tenures(const ExpectedTenures& expected) {
    const auto post = snapshot_.find_post(expected.post);
    if (!post) {
      miss("tenures", "post", expected.post, expected.line);
      return;
    }
    Texts wanted;
    for (const ExpectedTenures::Part& part : expected.parts) {
      wanted.push_back(tenure_text(part.person, part.acting, part.days));
    }
    Texts got;
    for (const auto& tenure : responsibility_.tenures(*post)) {
      got.push_back(
          tenure_text(names_.text(tenure.person), tenure.acting, tenure.valid));
    }
    compare("tenures of " + expected.post, listed_names(wanted),
            listed_names(got), expected.line);
  }

  void check_missed(const ExpectedMissed& expected) {
    const std::string what =
        "answerable for " + expected.rule + " of " + expected.subject;
    HolderQuestion question;
    if (!expected.duty.empty() || !expected.roles.empty()) {
      const auto asked =
          question_of(what, expected.duty, expected.roles, {}, expected.line);
      if (!asked) return;
      question = *asked;
      question.day = Date::open_start();
    }
    const auto assessment = assess_rule(what, expected.rule, expected.line);
    if (!assessment) return;
    const auto missed =
        responsible_for_missed(responsibility_, *assessment, question);
    const auto found =
        std::find_if(missed.begin(), missed.end(), [&](const Missed& one) {
          return subject_identity(snapshot_, assessment->subject_type,
                                  assessment->subjects[one.subject]) ==
                     expected.subject &&
                 expected.due.value_or(one.due) == one.due;
        });
    if (found == missed.end()) {
      outcome_.note(failure_text(
          what, listed_names(expected.holders),
          expected.due ? "nothing missed on " + to_string(*expected.due)
                       : "nothing missed",
          expected.line));
      return;
    }
    Texts holders;
    for (const Holder& holder : found->holders) {
      holders.push_back(names_.text(holder));
    }
    compare_sets(what, expected.holders, holders, expected.line);
  }

  const ResponsibilitySubject& subject_;
  const ResponsibilityCase& expected_;
  const Snapshot& snapshot_;
  SnapshotNames names_;
  Responsibility responsibility_;
  CaseOutcome& outcome_;
  std::vector<Gap> gaps_;
};

}  // namespace

void check_responsibility(const ResponsibilitySubject& subject,
                          CaseOutcome& outcome) {
  ResponsibilityChecker(subject, outcome).run();
}

}  // namespace headrope
