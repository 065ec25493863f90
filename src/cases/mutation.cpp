// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/mutation.hpp"

#include <algorithm>

#include "rules/words.hpp"

namespace headrope {
namespace {

// Something of a rule that can be changed: a literal, a day, or a number.
struct Spot {
  Amount* literal = nullptr;
  Date* day = nullptr;
  std::int32_t* number = nullptr;
  std::int32_t* month = nullptr;  // With the day of the month in `number`.
  std::string text{};
  bool is_share = false;
  bool is_last_day = false;  // The day after it is stored.
  int line = 0;
};

// Any year without a 29th of February.
constexpr std::int32_t common_year = 2001;

bool is_share(const Amount& amount) {
  return amount.op == Amount::Op::share || amount.op == Amount::Op::spread ||
         amount.op == Amount::Op::quotient;
}

std::string day_text(const Spot& spot, Date day) {
  return to_string(spot.is_last_day ? add_days(day, -1) : day);
}

std::string number_text(const Fraction& value, bool is_share) {
  const auto percent = multiply(value, {100, 1});
  return is_share && percent ? to_string(*percent) + " %" : to_string(value);
}

// Goes through a rule in a fixed order, so that the same position is the same
// spot in every pack that has the rule.
class Walk {
 public:
  explicit Walk(PackRule& rule) {
    for (Condition& one : rule.subjects.where) walk(one);
    for (Condition& one : rule.exempt) walk(one);
    walk(rule.window);
    walk(rule.require);
    for (Amount& one : rule.report) walk(one);
  }

  std::vector<Spot> spots;
  std::set<std::string> parameters;  // That the rule uses.
  std::set<std::string> shares;      // Parameters that a share is held against.
  std::set<std::string> rules;       // That the rule asks for.

 private:
  void walk(Condition& condition) {
    if (condition.op == Condition::Op::rule) rules.insert(condition.name);
    const bool counts_parts = condition.op == Condition::Op::some;
    const bool of_share =
        !condition.amounts.empty() && is_share(condition.amounts.front());
    for (std::size_t at = 0; at < condition.amounts.size(); ++at) {
      Amount& amount = condition.amounts[at];
      if (at > 0 || counts_parts) note(amount, condition, of_share);
      walk(amount);
    }
    for (Condition& part : condition.parts) walk(part);
  }

  void note(Amount& amount, const Condition& condition, bool of_share) {
    if (amount.op == Amount::Op::parameter && of_share) {
      shares.insert(amount.name);
    }
    if (amount.op != Amount::Op::number && amount.op != Amount::Op::date) {
      return;
    }
    Spot spot;
    spot.literal = &amount;
    spot.is_share = of_share;
    spot.text = std::string(word_of(condition.compare));
    spot.line = condition.line;
    spots.push_back(std::move(spot));
  }

  void walk(Amount& amount) {
    if (amount.op == Amount::Op::parameter) parameters.insert(amount.name);
    for (Selection& selection : amount.selection) {
      for (WindowSpec& window : selection.windows) walk(window);
      for (Condition& one : selection.where) walk(one);
    }
    for (Amount& part : amount.parts) walk(part);
    for (Condition& one : amount.conditions) walk(one);
  }

  void walk(WindowSpec& window) {
    if (!window.fixed.valid_from.is_open()) {
      add_day(window, window.fixed.valid_from, "from", false);
    }
    if (!window.fixed.valid_until.is_open()) {
      add_day(window, window.fixed.valid_until, "until", true);
    }
    if (window.type == WindowSpec::Type::each_part) {
      add_day_of_year(window, window.from_month, window.from_day, "from");
      add_day_of_year(window, window.until_month, window.until_day, "until");
    }
    if (window.length > 0) {
      Spot spot;
      spot.number = &window.length;
      spot.text =
          window.type == WindowSpec::Type::within ? "within" : "rolling";
      spot.line = window.line;
      spots.push_back(std::move(spot));
    }
  }

  void add_day_of_year(const WindowSpec& window, std::int32_t& month,
                       std::int32_t& day, std::string text) {
    Spot spot;
    spot.month = &month;
    spot.number = &day;
    spot.text = std::move(text);
    spot.line = window.line;
    spots.push_back(std::move(spot));
  }

  void add_day(const WindowSpec& window, Date& day, std::string text,
               bool is_last_day) {
    Spot spot;
    spot.day = &day;
    spot.text = std::move(text);
    spot.is_last_day = is_last_day;
    spot.line = window.line;
    spots.push_back(std::move(spot));
  }
};

std::string old_text(const Spot& spot) {
  if (spot.day != nullptr) return day_text(spot, *spot.day);
  if (spot.month != nullptr) {
    const auto day = make_date(common_year, *spot.month, *spot.number);
    return day ? to_string(*day).substr(5) : "";
  }
  if (spot.number != nullptr) return std::to_string(*spot.number);
  const Fraction& number = spot.literal->number;
  if (spot.literal->op == Amount::Op::date) {
    return to_string(Date{static_cast<std::int32_t>(number.numerator)});
  }
  return number_text(number, spot.is_share);
}

// Changes a spot by so many steps; false where that cannot be.
bool change(Spot& spot, int steps) {
  if (spot.day != nullptr) {
    *spot.day = add_days(*spot.day, steps);
    return true;
  }
  if (spot.month != nullptr) {
    const auto day = make_date(common_year, *spot.month, *spot.number);
    if (!day) return false;
    const CivilDate moved = civil(add_days(*day, steps));
    *spot.month = moved.month;
    *spot.number = moved.day;
    return moved.year == common_year;
  }
  if (spot.number != nullptr) {
    *spot.number += steps;
    return *spot.number > 0;
  }
  Fraction& number = spot.literal->number;
  const bool is_date = spot.literal->op == Amount::Op::date;
  const Fraction step =
      is_date ? Fraction{1, 1} : step_of(number, spot.is_share);
  const auto changed = add(number, {steps * step.numerator, step.denominator});
  if (!changed) return false;
  number = *changed;
  return true;
}

PackRule* find_rule(PackModel& model, const std::string& id,
                    const std::string& pack) {
  for (PackRule& rule : model.rules) {
    if (rule.id == id && rule.pack == pack) return &rule;
  }
  return nullptr;
}

class Finder {
 public:
  explicit Finder(const PackModel& model) : model_(model) {
    for (const PackRule& rule : model_.rules) {
      PackRule copy = rule;
      walks_.emplace_back(rule.id, Walk(copy));
      walks_.back().second.spots.clear();  // They point into the copy.
    }
  }

  std::vector<Mutation> run() {
    for (const Parameter& parameter : model_.parameters) {
      for (std::size_t at = 0; at < parameter.values.size(); ++at) {
        add_value(parameter, at);
      }
    }
    for (const PackRule& rule : model_.rules) {
      if (rule.pack == model_.id) add_spots(rule);
    }
    return std::move(found_);
  }

 private:
  // The rules, and those that ask for them.
  [[nodiscard]] std::set<std::string> with_askers(
      std::set<std::string> rules) const {
    for (bool grows = true; grows;) {
      grows = false;
      for (const auto& [id, walk] : walks_) {
        const bool asks = std::any_of(
            walk.rules.begin(), walk.rules.end(),
            [&](const std::string& asked) { return rules.contains(asked); });
        if (asks && rules.insert(id).second) grows = true;
      }
    }
    return rules;
  }

  void add_value(const Parameter& parameter, std::size_t at) {
    const ParameterValue& value = parameter.values[at];
    if (!value.value || value.pack != model_.id) return;
    std::set<std::string> users;
    std::string first;
    bool of_share = false;
    for (const auto& [id, walk] : walks_) {
      if (!walk.parameters.contains(parameter.id)) continue;
      if (first.empty()) first = id;
      users.insert(id);
      of_share = of_share || walk.shares.contains(parameter.id);
    }
    if (users.empty()) return;
    const Fraction step = step_of(*value.value, of_share);
    for (const int steps : {-1, 1}) {
      const auto changed =
          add(*value.value, {steps * step.numerator, step.denominator});
      if (!changed) continue;
      found_.push_back({first, parameter.id, number_text(*changed, of_share),
                        with_askers(users),
                        [id = parameter.id, from = value.from,
                         pack = value.pack, to = *changed](PackModel& model) {
                          return set_value(model, id, from, pack, to);
                        }});
    }
  }

  static bool set_value(PackModel& model, const std::string& id, Date from,
                        const std::string& pack, const Fraction& to) {
    for (Parameter& parameter : model.parameters) {
      if (parameter.id != id) continue;
      for (ParameterValue& value : parameter.values) {
        if (value.from != from || value.pack != pack || !value.value) continue;
        value.value = to;
        return true;
      }
    }
    return false;
  }

  void add_spots(const PackRule& rule) {
    PackRule copy = rule;
    const std::size_t count = Walk(copy).spots.size();
    const std::set<std::string> rules = with_askers({rule.id});
    for (std::size_t at = 0; at < count; ++at) {
      for (const int steps : {-1, 1}) {
        PackRule changed = rule;
        Walk walk(changed);
        Spot& spot = walk.spots[at];
        std::string before = spot.text + " " + old_text(spot);
        if (spot.line > 0)
          before += " (line " + std::to_string(spot.line) + ")";
        if (!change(spot, steps)) continue;
        found_.push_back(
            {rule.id, std::move(before), old_text(spot), rules,
             [id = rule.id, pack = rule.pack, at, steps](PackModel& model) {
               PackRule* same = find_rule(model, id, pack);
               if (same == nullptr) return false;
               Walk again(*same);
               return at < again.spots.size() && change(again.spots[at], steps);
             }});
      }
    }
  }

  const PackModel& model_;
  std::vector<std::pair<std::string, Walk>> walks_;
  std::vector<Mutation> found_;
};

}  // namespace

Fraction step_of(const Fraction& value, bool is_share) {
  const Fraction zero{0, 1};
  const Fraction one{1, 1};
  if (is_share || (value > zero && value < one)) return {1, 100};
  std::int64_t denominator = 1;
  while (denominator < 1'000'000'000 && denominator % value.denominator != 0) {
    denominator *= 10;
  }
  if (denominator % value.denominator != 0) return {1, value.denominator};
  return {1, denominator};
}

std::vector<Mutation> find_mutations(const PackModel& model) {
  return Finder(model).run();
}

}  // namespace headrope
