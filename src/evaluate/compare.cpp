// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Taking assessments together: a whole pack, groups of subjects, two packs.

#include <algorithm>
#include <map>
#include <string>

#include "evaluate/overall.hpp"
#include "headrope/damaged.hpp"
#include "headrope/pack_answers.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

Error no_pack() { return {Code::invalid_argument, "a pack is missing"}; }

Transition transition_of(Status before, Status after) {
  if (before == after) return Transition::unchanged;
  if (!is_asked(after)) {
    return is_asked(before) ? Transition::no_longer_asked
                            : Transition::unchanged;
  }
  if (after == Status::met) return Transition::entered;
  if (before == Status::met) return Transition::fell_out;
  return is_asked(before) ? Transition::changed : Transition::newly_asked;
}

// The overall status of a subject, or of one that the rule does not speak of.
Status overall_at(const RuleAssessment& assessment, std::size_t at) {
  return at < assessment.subjects.size() ? assessment.overall(at)
                                         : Status::not_in_force;
}

// Goes through the subjects of both, ascending; one that is only in one has the
// position past the end in the other.
template <typename Use>
void for_each_subject(const RuleAssessment& left, const RuleAssessment& right,
                      const Use& use) {
  std::size_t one = 0;
  std::size_t other = 0;
  const std::size_t none_left = left.subjects.size();
  const std::size_t none_right = right.subjects.size();
  while (one < none_left || other < none_right) {
    const bool take_left =
        other == none_right ||
        (one < none_left && left.subjects[one] <= right.subjects[other]);
    const bool take_right =
        one == none_left ||
        (other < none_right && right.subjects[other] <= left.subjects[one]);
    use(take_left ? left.subjects[one] : right.subjects[other],
        take_left ? one : none_left, take_right ? other : none_right);
    if (take_left) ++one;
    if (take_right) ++other;
  }
}

RuleComparison compared(std::string rule, RuleAssessment before,
                        RuleAssessment after) {
  RuleComparison comparison{
      std::move(rule), std::move(before), std::move(after), {}, 0};
  for_each_subject(
      comparison.before, comparison.after,
      [&](std::uint32_t subject, std::size_t one, std::size_t other) {
        const Status was = overall_at(comparison.before, one);
        const Status is = overall_at(comparison.after, other);
        const Transition transition = transition_of(was, is);
        if (transition == Transition::unchanged) {
          ++comparison.unchanged;
          return;
        }
        ChangedSubject changed{subject, transition, was, is, {}};
        const RuleAssessment& now = comparison.after;
        if (other < now.subjects.size() && !now.windows.empty()) {
          changed.value = now.value(now.at(other, now.windows.size() - 1));
        }
        comparison.changed.push_back(changed);
      });
  return comparison;
}

class Grouper {
 public:
  Grouper(const Snapshot& snapshot, const RuleAssessment& assessment,
          const GroupBy& by)
      : snapshot_(snapshot), assessment_(assessment), by_(by) {
    if (by.type == GroupBy::Type::attribute) {
      attribute_ =
          snapshot.find_attribute(by.attribute).value_or(AttributeId{});
    } else if (assessment.subject_type == SubjectType::persons) {
      find_primary_units();
    }
  }

  [[nodiscard]] std::string group_of(std::size_t at) const {
    const std::uint32_t subject = assessment_.subjects[at];
    if (by_.type == GroupBy::Type::attribute) {
      EntityType type = EntityType::unit;
      switch (assessment_.subject_type) {
        case SubjectType::persons:
          type = EntityType::person;
          break;
        case SubjectType::posts:
          type = EntityType::post;
          break;
        case SubjectType::records:
          type = EntityType::record;
          break;
        case SubjectType::duties:
          return {};
        case SubjectType::units:
          break;
      }
      const auto value = snapshot_.attribute({type, subject}, attribute_);
      return value ? std::string(*value) : std::string();
    }
    const std::uint32_t unit =
        assessment_.subject_type == SubjectType::units ? subject
        : assessment_.subject_type == SubjectType::persons
            ? primary_unit_of(subject)
        : at < assessment_.subject_units.size() ? assessment_.subject_units[at]
                                                : UnitIndex::none_value;
    if (unit >= snapshot_.unit_count()) return {};
    if (by_.type == GroupBy::Type::kind) {
      return std::string(
          snapshot_.kinds()[snapshot_.kind(UnitIndex{unit}).value].id);
    }
    const PlaceIndex place = by_.forest->first_place({unit});
    return place.is_none() ? std::string()
                           : std::to_string(by_.forest->depth(place));
  }

 private:
  [[nodiscard]] std::uint32_t primary_unit_of(std::uint32_t person) const {
    return person < primary_unit_.size() ? primary_unit_[person]
                                         : UnitIndex::none_value;
  }

  void find_primary_units() {
    primary_unit_.assign(snapshot_.person_count(), UnitIndex::none_value);
    for (std::uint32_t unit = 0; unit < snapshot_.unit_count(); ++unit) {
      for (const PersonId person :
           snapshot_.members({unit}, Standing::primary)) {
        primary_unit_[person.value] = unit;
      }
    }
  }

  const Snapshot& snapshot_;
  const RuleAssessment& assessment_;
  const GroupBy& by_;
  AttributeId attribute_{};
  std::vector<std::uint32_t> primary_unit_;
};

ValueUnit unit_of(const Amount& amount) {
  using Op = Amount::Op;
  switch (amount.op) {
    case Op::share:
    case Op::spread:
      return ValueUnit::rate;
    case Op::first_day:
    case Op::last_day:
    case Op::date:
      return ValueUnit::day;
    default:
      return ValueUnit::number;
  }
}

}  // namespace

ValueUnit value_unit(const Pack& pack, std::size_t rule) {
  const PackRule& one = pack.model().rules[rule];
  if (one.force == Force::report) return unit_of(one.report.front());
  if (one.require.op != Condition::Op::compare) return ValueUnit::number;
  const ValueUnit left = unit_of(one.require.amounts[0]);
  if (left != ValueUnit::number) return left;
  const Amount& right = one.require.amounts[1];
  const Parameter* parameter = right.op == Amount::Op::parameter
                                   ? pack.model().find_parameter(right.name)
                                   : nullptr;
  const bool is_rate = one.require.amounts[0].op == Amount::Op::quotient &&
                       parameter != nullptr && parameter->unit == "%";
  return is_rate ? ValueUnit::rate : ValueUnit::number;
}

Label grade_of(const Pack& pack, std::size_t rule, const Fraction& value) {
  for (const Grade& grade : pack.model().rules[rule].grades) {
    if (value >= grade.at_least) return {grade.grade.zh, grade.grade.en};
  }
  return {};
}

Result<RuleAssessment> all_of(std::span<const RuleAssessment> assessments) {
  if (assessments.empty()) {
    return Error{Code::invalid_argument, "there is no rule to take together"};
  }
  RuleAssessment result;
  result.pack = assessments.front().pack;
  result.rule = assessments.front().rule;
  result.subject_type = assessments.front().subject_type;
  result.windows = {Interval{}};
  std::map<std::uint32_t, std::pair<std::vector<Status>, std::uint32_t>> found;
  for (const RuleAssessment& one : assessments) {
    if (one.pack == nullptr) return no_pack();
    if (one.subject_type != result.subject_type) {
      return Error{Code::invalid_argument,
                   "rules about different things cannot be taken together"};
    }
    const RuleInfo info = one.pack->rule(one.rule);
    if (info.force != Force::obligation) continue;
    for (std::size_t at = 0; at < one.subjects.size(); ++at) {
      auto& entry = found[one.subjects[at]];
      entry.first.push_back(one.overall(at));
      entry.second = at < one.subject_units.size() ? one.subject_units[at]
                                                   : UnitIndex::none_value;
    }
  }
  for (const auto& [subject, entry] : found) {
    const auto met =
        std::count(entry.first.begin(), entry.first.end(), Status::met);
    const auto asked =
        std::count_if(entry.first.begin(), entry.first.end(), is_asked);
    result.subjects.push_back(subject);
    if (result.subject_type == SubjectType::posts ||
        result.subject_type == SubjectType::records) {
      result.subject_units.push_back(entry.second);
    }
    result.numerators.push_back(met);
    result.thresholds.emplace_back(Fraction{asked, 1});
    result.statuses.push_back(overall_of(entry.first));
  }
  return result;
}

Result<std::vector<GroupCounts>> cover_groups(const Snapshot& snapshot,
                                              const RuleAssessment& assessment,
                                              const GroupBy& by) try {
  if (by.type == GroupBy::Type::level && by.forest == nullptr) {
    return Error{Code::invalid_argument,
                 "levels are those of a hierarchy, which is missing"};
  }
  const Grouper grouper(snapshot, assessment, by);
  std::map<std::string, StatusCounts> counts;
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    ++counts[grouper.group_of(at)]
          .by_status[static_cast<std::size_t>(assessment.overall(at))];
  }
  std::vector<GroupCounts> groups;
  groups.reserve(counts.size());
  for (auto& [group, of_group] : counts) groups.push_back({group, of_group});
  return groups;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

std::optional<Disparity> disparity(std::span<const GroupCounts> groups) {
  Disparity result;
  Fraction lowest{};
  Fraction highest{};
  std::size_t with_rate = 0;
  for (std::size_t at = 0; at < groups.size(); ++at) {
    const auto rate = make_fraction(groups[at].counts.of(Status::met),
                                    groups[at].counts.eligible());
    if (!rate) continue;
    if (with_rate == 0 || *rate < lowest) {
      lowest = *rate;
      result.lowest = at;
    }
    if (with_rate == 0 || *rate > highest) {
      highest = *rate;
      result.highest = at;
    }
    ++with_rate;
  }
  if (with_rate < 2) return std::nullopt;
  result.spread = subtract(highest, lowest).value_or(Fraction{});
  return result;
}

Result<std::vector<RuleComparison>> compare(const Snapshot& snapshot,
                                            const PackPointer& before,
                                            const PackPointer& after,
                                            const RuleQuestion& question) try {
  if (before == nullptr || after == nullptr) {
    return no_pack();
  }
  constexpr std::span<const std::size_t> all_rules;
  auto first = assess(snapshot, before, all_rules, question);
  if (!first) return first.error();
  auto second = assess(snapshot, after, all_rules, question);
  if (!second) return second.error();
  std::vector<SubjectType> types;
  for (const RuleAssessment& one : *first) types.push_back(one.subject_type);
  std::vector<RuleComparison> comparisons;
  for (RuleAssessment& one : *first) {
    std::string rule(before->rule(one.rule).id);
    auto found = after->find_rule(rule);
    // About other things it is another rule.
    if (found && (*second)[*found].subject_type != one.subject_type) {
      found.reset();
    }
    comparisons.push_back(
        compared(std::move(rule), std::move(one),
                 found ? std::move((*second)[*found]) : RuleAssessment{}));
  }
  for (std::size_t at = 0; at < after->rule_count(); ++at) {
    std::string rule(after->rule(at).id);
    const RuleAssessment& one = (*second)[at];
    const auto found = before->find_rule(rule);
    if (!found || types[*found] != one.subject_type) {
      comparisons.push_back(
          compared(std::move(rule), {}, std::move((*second)[at])));
    }
  }
  return comparisons;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
