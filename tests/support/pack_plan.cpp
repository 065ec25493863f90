// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/pack_plan.hpp"

#include <array>
#include <ostream>

namespace headrope::testing::plan {
namespace {

std::string text(const Condition& condition);
std::string text(const Amount& amount);

template <typename T, typename F>
std::string list(const std::vector<T>& items, F one) {
  std::string out;
  for (const T& item : items) {
    out += (out.empty() ? "" : ", ") + std::string(one(item));
  }
  return "[" + out + "]";
}

std::string names(const std::vector<Name>& items) {
  return list(items, [](const Name& name) { return name; });
}

std::string names_or_all(const std::vector<Name>& items) {
  return items.empty() ? "all" : names(items);
}

constexpr std::array<const char*, 7> weekday_names{
    "monday", "tuesday",  "wednesday", "thursday",
    "friday", "saturday", "sunday"};
constexpr std::array<const char*, 6> period_names{
    "week", "month", "quarter", "half_year", "year", "whole"};
constexpr std::array<const char*, 5> presence_names{
    "present", "late", "made_up", "excused", "absent"};
constexpr std::array<const char*, 4> partial_names{"full_only", "any_day",
                                                   "pro_rata", "at_end"};

std::string day_of_year(const CivilDate& date) {
  const auto two = [](std::int32_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(date.month) + "-" + two(date.day);
}

std::string last_day_text(const Interval& days) {
  return to_string(add_days(days.valid_until, -1));
}

std::string fixed_text(const Interval& days) {
  std::string out;
  if (!days.valid_from.is_open()) {
    out = "from: " + to_string(days.valid_from);
  }
  if (!days.valid_until.is_open()) {
    out += (out.empty() ? "until: " : ", until: ") + last_day_text(days);
  }
  return "{" + out + "}";
}

std::string except_text(const Window& window) {
  return window.except.empty()
             ? ""
             : ", except: " +
                   list(window.except, [](Date day) { return to_string(day); });
}

std::string text(const Window& window) {
  const std::string number = std::to_string(window.number);
  switch (window.type) {
    case Window::Type::as_of:
      return "as_of";
    case Window::Type::once:
      return "once";
    case Window::Type::each:
      return std::string("{each: ") +
             period_names.at(static_cast<std::size_t>(window.period)) + "}";
    case Window::Type::weekday:
      return std::string("{each: ") +
             weekday_names.at(static_cast<std::size_t>(window.number)) +
             except_text(window) + "}";
    case Window::Type::day:
      return "{each: day" + except_text(window) + "}";
    case Window::Type::part:
      return "{each: year, from: " + day_of_year(window.first) +
             ", until: " + day_of_year(window.last) + "}";
    case Window::Type::fixed:
      return fixed_text(window.days);
    case Window::Type::by:
      return "{by: " + last_day_text(window.days) + "}";
    case Window::Type::rolling:
      return "{rolling: " + number +
             (window.unit == 'd'   ? " days"
              : window.unit == 'm' ? " months"
                                   : " years") +
             "}";
    case Window::Type::within:
      break;
  }
  return "{within: " + number +
         " days, after: " + (window.after_start ? "start" : "end") + "}";
}

std::string source_text(const Selection& selection) {
  switch (selection.type) {
    case Selection::Type::records:
      return "records: " + names(selection.measures);
    case Selection::Type::attended:
      return "attended: " + names(selection.measures);
    case Selection::Type::members_own:
      return "members: own";
    case Selection::Type::members_below:
      return "members: below";
    case Selection::Type::units_children:
      return "units: children";
    case Selection::Type::units_below:
      return "units: below";
    case Selection::Type::units_above:
      return "units: above";
    case Selection::Type::units_own:
      return "units: own";
    case Selection::Type::windows:
      break;
  }
  return "windows: " + text(selection.parts);
}

std::string text(const Selection& selection) {
  std::string out = source_text(selection);
  if (selection.counts != Selection::Counts::begun) {
    out += selection.counts == Selection::Counts::holding
               ? ", counts: holding"
               : ", counts: overlapping";
  }
  if (!selection.along.empty()) {
    out += ", along: " + selection.along;
  }
  if (!selection.credited.empty()) {
    out += ", credited: " + selection.credited;
  }
  if (selection.of_below) {
    out += ", of: below";
  }
  if (!selection.presences.empty()) {
    out += ", presences: " + list(selection.presences, [](Presence presence) {
             return presence_names.at(static_cast<std::size_t>(presence));
           });
  }
  if (selection.basis_any) {
    out += ", basis: any";
  }
  if (!selection.kinds.empty()) {
    out += ", kinds: " + names(selection.kinds);
  }
  for (const Condition& where : selection.where) {
    out += ", where: " + text(where);
  }
  return "{" + out + "}";
}

std::string texts(const std::vector<Amount>& amounts) {
  return list(amounts, [](const Amount& amount) { return text(amount); });
}

std::string weighted_text(const Amount& amount) {
  std::string out;
  for (std::size_t i = 0; i < amount.amounts.size(); ++i) {
    out += (i == 0 ? "" : ", ") +
           ("{weight: " + to_string(amount.weights.at(i))) +
           ", amount: " + text(amount.amounts[i]) + "}";
  }
  out = "weighted: [" + out + "]";
  constexpr std::array<const char*, 4> words{
      "", ", missing: not_evaluable", ", missing: zero", ", missing: reweigh"};
  return out + words.at(static_cast<std::size_t>(amount.missing));
}

std::string choose_text(const Amount& amount) {
  std::string out;
  for (std::size_t i = 0; i < amount.amounts.size(); ++i) {
    out += i == 0 ? "{" : ", {";
    if (i < amount.conditions.size()) {
      out += "where: " + text(amount.conditions[i]) + ", ";
    }
    out += "then: " + text(amount.amounts[i]) + "}";
  }
  return "choose: [" + out + "]";
}

std::string reduced_text(const char* word, const Amount& amount) {
  return std::string(word) + ": " + text(amount.selections.at(0));
}

// Without the braces, so that a comparison can follow.
std::string bare_text(const Amount& amount) {
  switch (amount.type) {
    case Amount::Type::number:
      return to_string(amount.number);
    case Amount::Type::parameter:
      return "parameter: " + amount.name;
    case Amount::Type::date:
      return "date: " + to_string(amount.date);
    case Amount::Type::count:
      return reduced_text("count", amount);
    case Amount::Type::sum:
      return reduced_text("sum", amount);
    case Amount::Type::last:
      return reduced_text("last", amount);
    case Amount::Type::least:
      return reduced_text("least", amount);
    case Amount::Type::greatest:
      return reduced_text("greatest", amount);
    case Amount::Type::days:
      return reduced_text("days", amount);
    case Amount::Type::first_day:
      return reduced_text("first_day", amount);
    case Amount::Type::last_day:
      return reduced_text("last_day", amount);
    case Amount::Type::distinct:
      return reduced_text("distinct", amount) + ", by: " + amount.name +
             (amount.among.empty() ? "" : ", among: " + names(amount.among));
    case Amount::Type::share:
      return "share: {of: " + text(amount.selections.at(0)) +
             ", where: " + text(amount.conditions.at(0)) + "}";
    case Amount::Type::quotient:
      return "quotient: " + texts(amount.amounts);
    case Amount::Type::difference:
      return "difference: " + texts(amount.amounts);
    case Amount::Type::product:
      return "product: " + texts(amount.amounts);
    case Amount::Type::total:
      return "total: " + texts(amount.amounts);
    case Amount::Type::weighted:
      return weighted_text(amount);
    case Amount::Type::choose:
      return choose_text(amount);
    case Amount::Type::met:
      return "met: " + text(amount.conditions.at(0));
    case Amount::Type::attribute:
      return "attribute: " + amount.name;
    case Amount::Type::age:
      return "age: " + amount.name;
    case Amount::Type::value:
      return "value: true";
    case Amount::Type::length:
      break;
  }
  return "length: true";
}

std::string text(const Amount& amount) {
  if (amount.type == Amount::Type::number) {
    return to_string(amount.number);
  }
  if (amount.type == Amount::Type::parameter) {
    return amount.name;
  }
  return "{" + bare_text(amount) + "}";
}

std::string compare_text(const Condition& condition) {
  const std::string left = bare_text(condition.amounts.at(0));
  if (condition.type == Condition::Type::range) {
    return left + ", range: [" + text(condition.amounts.at(1)) + ", " +
           text(condition.amounts.at(2)) + "]";
  }
  if (condition.sign == Condition::Sign::at_least_all) {
    return left + ", at_least: all";
  }
  constexpr std::array<const char*, 5> words{"at_least", "at_most", "more_than",
                                             "less_than", "equals"};
  return left + ", " + words.at(static_cast<std::size_t>(condition.sign)) +
         ": " + text(condition.amounts.at(1)) +
         (condition.is_below ? ", boundary: below" : "") +
         (condition.is_basically ? ", tolerance: basically" : "");
}

std::string parts_text(const Condition& condition) {
  return list(condition.parts,
              [](const Condition& part) { return text(part); });
}

std::string text(const Condition& condition) {
  std::string out;
  switch (condition.type) {
    case Condition::Type::compare:
    case Condition::Type::range:
      out = compare_text(condition);
      break;
    case Condition::Type::scale:
      out =
          "attribute: " + condition.name + ", at_least: " + condition.words[0];
      break;
    case Condition::Type::all:
      out = "all: " + parts_text(condition);
      break;
    case Condition::Type::any:
      out = "any: " + parts_text(condition);
      break;
    case Condition::Type::some:
      out = "some: " + parts_text(condition) +
            ", at_least: " + std::to_string(condition.some);
      break;
    case Condition::Type::negation:
      out = "not: " + text(condition.parts.at(0));
      break;
    case Condition::Type::in:
      out = "attribute: " + condition.name + ", in: " + names(condition.words);
      break;
    case Condition::Type::not_in:
      out = "attribute: " + condition.name +
            ", not_in: " + names(condition.words);
      break;
    case Condition::Type::present:
      out = "attribute: " + condition.name + ", present: true";
      break;
    case Condition::Type::absent:
      out = "attribute: " + condition.name + ", present: false";
      break;
    case Condition::Type::kind:
      out = "kind: " + names(condition.words);
      break;
    case Condition::Type::member_of:
      out = "member_of: " + names(condition.words);
      break;
    case Condition::Type::weekday:
      out = "weekday: " + list(condition.weekdays, [](int day) {
              return weekday_names.at(static_cast<std::size_t>(day));
            });
      break;
    case Condition::Type::rule:
      out = "rule: " + condition.name;
  }
  return "{" + out + "}";
}

std::string parameters_text(const std::vector<Parameter>& parameters) {
  std::string out = parameters.empty() ? "" : "parameters:\n";
  for (const Parameter& parameter : parameters) {
    out += "  " + parameter.id + ": {values: " +
           list(parameter.values,
                [](const ParameterValue& row) {
                  return "{from: " + to_string(row.from) + ", value: " +
                         (row.value ? to_string(*row.value) : "null") +
                         ", clause: c}";
                }) +
           "}\n";
  }
  return out;
}

std::string rule_text(const PackRule& rule) {
  constexpr std::array<const char*, 5> words{"units", "persons", "posts",
                                             "duties", "records"};
  std::string out = "  - id: " + rule.id + "\n    clause: c\n    title: t\n";
  out += std::string("    subjects: {") +
         words.at(static_cast<std::size_t>(rule.subjects)) + ": " +
         names_or_all(rule.names);
  for (const Condition& where : rule.where) {
    out += ", where: " + text(where);
  }
  out += "}\n";
  for (const Condition& exempt : rule.exempt) {
    out += "    exempt: " + text(exempt) + "\n";
  }
  out += "    window: " + text(rule.window) + "\n";
  if (rule.partial) {
    out += std::string("    partial: ") +
           partial_names.at(static_cast<std::size_t>(*rule.partial)) + "\n";
  }
  if (rule.is_report) {
    return out + "    force: report\n    require: " + text(rule.shown.at(0)) +
           "\n";
  }
  return out + "    require: " + text(rule.require.at(0)) + "\n";
}

std::string head_text(const Pack& pack) {
  std::string out = "format: headrope-pack/1\nid: " + pack.id +
                    "\ntitle: t\neffective: " + to_string(pack.effective) +
                    "\n";
  if (pack.repealed) {
    out += "repealed: " + to_string(*pack.repealed) + "\n";
  }
  return out;
}

std::string readings_text(const Pack& pack) {
  std::string out =
      std::string("readings: {below: ") +
      (pack.below_exclusive ? "exclusive" : "inclusive") +
      ", range: " + (pack.both_bounds ? "both_bounds" : "lower_bound");
  if (pack.basically) {
    out += ", basically: " + to_string(*pack.basically);
  }
  if (pack.partial) {
    out += std::string(", partial: ") +
           partial_names.at(static_cast<std::size_t>(*pack.partial));
  }
  out += "}\n";
  if (!pack.scale.empty()) {
    out += "scales: {rank: " + names(pack.scale) + "}\n";
  }
  return out;
}

std::string rules_text(const std::vector<PackRule>& rules) {
  std::string out = rules.empty() ? "" : "rules:\n";
  for (const PackRule& rule : rules) {
    out += rule_text(rule);
  }
  return out;
}

}  // namespace

std::optional<Fraction> value_on(const Pack& pack, const Name& parameter,
                                 Date day) {
  std::optional<Fraction> value;
  for (const Parameter& candidate : pack.parameters) {
    if (candidate.id != parameter) {
      continue;
    }
    for (const ParameterValue& row : candidate.values) {
      if (row.from <= day) {
        value = row.value;
      }
    }
  }
  return value;
}

std::string to_yaml(const Pack& pack) {
  return head_text(pack) + readings_text(pack) +
         parameters_text(pack.parameters) + rules_text(pack.rules);
}

std::string overlay_yaml(const Pack& pack, const Pack& changes) {
  return head_text(changes) + "overlays: " + pack.id + "\n" +
         parameters_text(changes.parameters) + rules_text(changes.rules);
}

std::ostream& operator<<(std::ostream& out, const Pack& pack) {
  return out << to_yaml(pack);
}

}  // namespace headrope::testing::plan
