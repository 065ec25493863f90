// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle that judges rules.

#include <algorithm>
#include <array>

#include "support/oracle.hpp"
#include "support/oracle_calendar.hpp"

namespace headrope::oracle {
namespace {

template <typename T>
bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool lives_on(const std::vector<Interval>& life, Date day) {
  return std::any_of(life.begin(), life.end(),
                     [&](const Interval& span) { return span.contains(day); });
}

// Does the value only rise as records are added, only fall, or go anywhere?
enum class Course { rises, falls, any };

Course course(Reduction reduction) {
  switch (reduction) {
    case Reduction::last:
      return Course::any;
    case Reduction::least:
      return Course::falls;
    default:
      return Course::rises;
  }
}

}  // namespace

Status overall(const std::vector<Verdict>& verdicts) {
  for (const Status status :
       {Status::unmet, Status::not_evaluable, Status::pending, Status::met}) {
    for (const Verdict& verdict : verdicts) {
      if (verdict.status == status) {
        return status;
      }
    }
  }
  // Nothing to judge. Where the windows differ, the documents give no order;
  // exempt says most, not in force least.
  for (const Status status : {Status::exempt, Status::not_applicable}) {
    for (const Verdict& verdict : verdicts) {
      if (verdict.status == status) {
        return status;
      }
    }
  }
  return Status::not_in_force;
}

bool Oracle::passes(const Entity& subject, const AttributeTest& test) const {
  const std::optional<Name> value = attribute(subject, test.attribute);
  return (value && has(test.values, *value)) != test.none_of;
}

bool Oracle::passes_all(const Entity& subject,
                        const std::vector<AttributeTest>& tests) const {
  return std::all_of(tests.begin(), tests.end(),
                     [&](const auto& test) { return passes(subject, test); });
}

bool Oracle::passes_any(const Entity& subject,
                        const std::vector<AttributeTest>& tests) const {
  return std::any_of(tests.begin(), tests.end(),
                     [&](const auto& test) { return passes(subject, test); });
}

bool Oracle::is_subject(UnitId unit, const Subjects& subjects) const {
  const UnitState* now = state(unit);
  return now != nullptr &&
         (subjects.kinds.empty() ||
          std::any_of(
              subjects.kinds.begin(), subjects.kinds.end(),
              [&](KindId wider) { return registry_.is_a(now->kind, wider); }));
}

bool Oracle::is_subject(PersonId person, const Subjects& subjects) const {
  return std::any_of(registry_.memberships().begin(),
                     registry_.memberships().end(), [&](const Membership& row) {
                       return row.person == person && holds(row) &&
                              is_subject(row.unit, subjects);
                     });
}

std::vector<Interval> Oracle::windows_of(const Rule& rule,
                                         const Interval& range) const {
  if (rule.period != Period::whole) {
    return Calendar::instance().windows(range, rule.period);
  }
  Interval window = range;
  if (window.valid_until == Date::open_end()) {
    window.valid_until = add_days(as_of_, 1);
  }
  return {window};
}

Verdicts Oracle::assess(const Rule& rule, const Interval& range) const {
  Verdicts verdicts{windows_of(rule, range), {}};
  const bool is_unit = rule.subjects.type == Subjects::Type::units;
  const std::size_t count = is_unit ? registry_.unit_identities().size()
                                    : registry_.person_identities().size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const Entity subject{is_unit ? EntityType::unit : EntityType::person, i};
    if (!(is_unit ? is_subject(UnitId{i}, rule.subjects)
                  : is_subject(PersonId{i}, rule.subjects)) ||
        !passes_all(subject, rule.subjects.attributes)) {
      continue;
    }
    std::set<RecordId> records = is_unit
                                     ? credited_records(UnitId{i}, rule.tally)
                                     : person_records(PersonId{i}, rule.tally);
    // A person has no dates of life, so lives all the time.
    const std::vector<Interval> spans =
        is_unit ? life(UnitId{i}) : std::vector<Interval>{Interval{}};
    std::vector<Verdict>& row =
        verdicts.by_subject[is_unit ? name(UnitId{i}) : name(PersonId{i})];
    for (const Interval& window : verdicts.windows) {
      row.push_back(judge(rule, window, subject, spans, records));
    }
  }
  return verdicts;
}

Verdict Oracle::judge(const Rule& rule, const Interval& window,
                      const Entity& subject, const std::vector<Interval>& life,
                      const std::set<RecordId>& records) const {
  Verdict verdict;
  verdict.number = reduce(records, rule.tally.reduction, window);
  const Date last_day = add_days(window.valid_until, -1);
  const bool is_bounded = !window.valid_from.is_open();
  std::int64_t days = 0;
  bool any_day = false;
  bool whole = false;
  for (const Interval& span : life) {
    const Interval lived = span.intersected(window);
    any_day = any_day || !lived.is_empty();
    whole = whole || span.contains(window);
    days += is_bounded ? lived.day_count() : 0;
  }
  const std::array<bool, 4> applies{whole, any_day, any_day,
                                    lives_on(life, last_day)};
  if (!rule.in_force.contains(window.valid_from)) {
    verdict.status = Status::not_in_force;
  } else if (passes_any(subject, rule.subjects.exempt)) {
    verdict.status = Status::exempt;
  } else if (!applies[static_cast<std::size_t>(rule.partial)]) {
    verdict.status = Status::not_applicable;
  } else if (!rule.requirement.threshold) {
    verdict.status = Status::not_evaluable;
  } else {
    const bool by_days = rule.partial == PartialWindow::pro_rata && is_bounded;
    verdict.threshold_numerator =
        Wide{*rule.requirement.threshold} * (by_days ? days : 1);
    verdict.threshold_denominator = by_days ? window.day_count() : 1;
    verdict.status = settle(rule, window, verdict);
  }
  return verdict;
}

Status Oracle::settle(const Rule& rule, const Interval& window,
                      const Verdict& verdict) const {
  const Wide wanted = verdict.threshold_numerator;
  const Wide value = verdict.number.value * verdict.threshold_denominator;
  const bool is_open = window.valid_until > add_days(as_of_, 1);
  const Interval to_come =
      window.intersected({add_days(as_of_, 1), Date::open_end()});
  const Reduction reduction = rule.tally.reduction;
  const bool needs_value = reduction == Reduction::last ||
                           reduction == Reduction::least ||
                           reduction == Reduction::greatest;
  if (needs_value && !verdict.number.has_value) {
    return is_open ? Status::pending : Status::not_evaluable;
  }
  const Comparison comparison = rule.requirement.comparison;
  const bool holds = comparison == Comparison::at_least  ? value >= wanted
                     : comparison == Comparison::at_most ? value <= wanted
                                                         : value == wanted;
  if (!is_open) {
    return holds ? Status::met : Status::unmet;
  }
  // All values from the lowest to the highest can still come out.
  constexpr Wide far = Wide{1} << 120;
  const Course way = course(reduction);
  const Wide lowest = way == Course::rises ? value : -far;
  const Wide days_to_come =
      Wide{to_come.day_count()} * verdict.threshold_denominator;
  const Wide highest = way == Course::falls ? value
                       : reduction == Reduction::distinct_days
                           ? value + days_to_come
                           : far;
  const auto passes = [&](Wide outcome) {
    return comparison == Comparison::at_least  ? outcome >= wanted
           : comparison == Comparison::at_most ? outcome <= wanted
                                               : outcome == wanted;
  };
  const bool wanted_can_come = lowest <= wanted && wanted <= highest;
  if (!passes(lowest) && !passes(highest) && !wanted_can_come) {
    return Status::unmet;
  }
  const bool is_settled = comparison != Comparison::equal;
  return is_settled && passes(lowest) && passes(highest) ? Status::met
                                                         : Status::pending;
}

}  // namespace headrope::oracle
