// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The part of the oracle of packs that finds windows and subjects, and judges
// a cell.

#include "support/pack_oracle.hpp"

#include <algorithm>

#include "support/oracle_calendar.hpp"

namespace headrope::oracle {
namespace {

using testing::plan::Window;

Date plus_months(Date day, std::int32_t months) {
  const CivilDate date = Calendar::instance().civil(day);
  const std::int32_t total = date.year * 12 + date.month - 1 + months;
  for (std::int32_t shorter = 0; shorter < 4; ++shorter) {
    const auto made = make_date(total / 12, total % 12 + 1, date.day - shorter);
    if (made) {
      return *made;
    }
  }
  return day;
}

Interval rolling(const Window& window, Date as_of) {
  const Date until = add_days(as_of, 1);
  switch (window.unit) {
    case 'd':
      return {add_days(until, -window.number), until};
    case 'm':
      return {add_days(plus_months(as_of, -window.number), 1), until};
    default:
      return {add_days(plus_months(as_of, -12 * window.number), 1), until};
  }
}

// The part of the year of every day of the range, if they share a day.
std::vector<Interval> parts_of_years(const Window& window,
                                     const Interval& range) {
  std::vector<Interval> found;
  const std::int32_t first = Calendar::instance().civil(range.valid_from).year;
  const std::int32_t last =
      Calendar::instance().civil(add_days(range.valid_until, -1)).year;
  for (std::int32_t year = first; year <= last; ++year) {
    const auto from = make_date(year, window.first.month, window.first.day);
    const auto until = make_date(year, window.last.month, window.last.day);
    const Interval days{*from, add_days(*until, 1)};
    if (days.overlaps(range)) {
      found.push_back(days);
    }
  }
  return found;
}

}  // namespace

Status overall(const std::vector<Cell>& cells) {
  if (cells.empty()) {
    return Status::not_applicable;  // No window is asked about.
  }
  std::vector<Verdict> verdicts;
  for (const Cell& cell : cells) {
    verdicts.emplace_back();
    verdicts.back().status = cell.status;
  }
  return overall(verdicts);
}

PackOracle::PackOracle(const Registry& registry,
                       const testing::plan::Pack& pack, Date as_of,
                       Date known_on, const Interval& range)
    : registry_(registry),
      pack_(pack),
      facts_(registry, as_of, known_on),
      as_of_(as_of),
      known_on_(known_on),
      range_{range.valid_from.is_open() ? pack.effective : range.valid_from,
             range.valid_until.is_open() ? add_days(as_of, 1)
                                         : range.valid_until} {}

bool PackOracle::is_open(const Interval& window) const {
  return window.valid_until > add_days(as_of_, 1);
}

Interval PackOracle::until_now(const Interval& window) const {
  return window.intersected({Date::open_start(), add_days(as_of_, 1)});
}

std::vector<Interval> PackOracle::windows(const Window& window,
                                          const Interval& range) const {
  const Calendar& calendar = Calendar::instance();
  std::vector<Interval> found;
  switch (window.type) {
    case Window::Type::as_of:
      return {{Date::open_start(), add_days(as_of_, 1)}};
    case Window::Type::once:
      if (as_of_ < pack_.effective) {
        return {{as_of_, add_days(as_of_, 1)}};
      }
      return {{pack_.effective, std::min(add_days(as_of_, 1),
                                         pack_.repealed.value_or(latest_day))}};
    case Window::Type::each:
      return calendar.windows(range, window.period);
    case Window::Type::weekday:
    case Window::Type::day:
      for (Date day = range.valid_from; day < range.valid_until;
           day = add_days(day, 1)) {
        const bool is_left_out =
            std::find(window.except.begin(), window.except.end(), day) !=
            window.except.end();
        if (!is_left_out && (window.type == Window::Type::day ||
                             calendar.weekday(day) == window.number)) {
          found.push_back({day, add_days(day, 1)});
        }
      }
      return found;
    case Window::Type::part:
      return parts_of_years(window, range);
    case Window::Type::fixed:
      if (window.days.valid_until.is_open()) {  // Up to the day asked about.
        return {{window.days.valid_from,
                 add_days(std::max(as_of_, window.days.valid_from), 1)}};
      }
      return {window.days};
    case Window::Type::by:
      return {window.days};
    case Window::Type::rolling:
      return {rolling(window, as_of_)};
    case Window::Type::within:
      break;
  }
  return {Interval{}};
}

// Of a calendar period the first day, else the last, or the day asked about.
Date PackOracle::decisive(const Window& window, const Interval& days) const {
  switch (window.type) {
    case Window::Type::each:
    case Window::Type::weekday:
    case Window::Type::day:
    case Window::Type::part:
      return std::max(days.valid_from, pack_.effective);
    default:
      return std::min(as_of_, add_days(days.valid_until, -1));
  }
}

bool PackOracle::is_named(const PackRule& rule, const Entity& thing) const {
  if (thing.type == EntityType::unit) {
    return is_of_kinds(UnitId{thing.index}, rule.names);
  }
  if (thing.type == EntityType::record) {
    const Record& row = registry_.records()[thing.index];
    const Name measure(registry_.measures()[row.measure.value].id);
    return std::find(rule.names.begin(), rule.names.end(), measure) !=
               rule.names.end() &&
           row.recorded.contains(known_on_) && row.valid.valid_from <= as_of_ &&
           range_.contains(row.valid.valid_from);
  }
  return std::any_of(registry_.memberships().begin(),
                     registry_.memberships().end(), [&](const Membership& row) {
                       return row.person.value == thing.index &&
                              row.recorded.contains(known_on_) &&
                              row.valid.contains(as_of_) &&
                              is_of_kinds(row.unit, rule.names);
                     });
}

std::vector<Entity> PackOracle::subjects(const PackRule& rule) const {
  const bool of_units = rule.subjects == SubjectType::units;
  const bool of_records = rule.subjects == SubjectType::records;
  const std::size_t count = of_units     ? registry_.unit_identities().size()
                            : of_records ? registry_.records().size()
                                         : registry_.person_identities().size();
  std::vector<Entity> found;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Entity thing{of_units     ? EntityType::unit
                       : of_records ? EntityType::record
                                    : EntityType::person,
                       i};
    const Asked asked{thing, {Date::open_start(), add_days(as_of_, 1)}, as_of_};
    if (is_named(rule, thing) &&
        (rule.where.empty() || ask(rule.where[0], asked).now == Truth::yes)) {
      found.push_back(thing);
    }
  }
  return found;
}

PackVerdicts PackOracle::assess(std::size_t rule) const {
  const PackRule& asked = pack_.rules.at(rule);
  PackVerdicts verdicts{windows(asked.window, range_), {}, {}};
  for (const Entity& subject : subjects(asked)) {
    const Name name = identity(subject);
    std::vector<Interval> days = verdicts.windows;
    if (asked.window.type == Window::Type::within) {
      const Interval& valid = registry_.records()[subject.index].valid;
      const Date from = asked.window.after_start ? add_days(valid.valid_from, 1)
                                                 : valid.valid_until;
      days = {{from, add_days(from, asked.window.number)}};
      verdicts.own_windows[name] = days;
    }
    std::vector<Cell>& row = verdicts.by_subject[name];
    for (const Interval& window : days) {
      row.push_back(judge(asked, subject, window));
    }
  }
  return verdicts;
}

// Whether the part of the window that the subject lived in lets the rule
// apply, and the part of the threshold that is asked then.
bool PackOracle::applies(const PackRule& rule, const Entity& subject,
                         const Interval& window, Exact& part) const {
  const PartialWindow partial =
      rule.partial.value_or(pack_.partial.value_or(PartialWindow::any_day));
  if (subject.type != EntityType::unit) {
    return true;
  }
  const bool is_bounded =
      !window.valid_from.is_open() && !window.valid_until.is_open();
  std::int64_t days = 0;
  bool any_day = false;
  bool whole = false;
  bool at_end = false;
  for (const Interval& span : facts_.life(UnitId{subject.index})) {
    const Interval lived = span.intersected(window);
    any_day = any_day || !lived.is_empty();
    whole = whole || span.contains(window);
    at_end = at_end || span.contains(add_days(window.valid_until, -1)) ||
             (window.valid_until.is_open() && span.valid_until.is_open());
    days += is_bounded ? lived.day_count() : 0;
  }
  switch (partial) {
    case PartialWindow::full_only:
      return whole;
    case PartialWindow::at_end:
      return at_end;
    case PartialWindow::pro_rata:
      if (is_bounded) {
        part = exact(days, window.day_count());
      }
      return any_day;
    case PartialWindow::any_day:
      break;
  }
  return any_day;
}

Cell PackOracle::judge(const PackRule& rule, const Entity& subject,
                       const Interval& window) const {
  Cell cell;
  Asked asked{subject, window, decisive(rule.window, window), {1, 1}};
  const Interval in_force{pack_.effective,
                          pack_.repealed.value_or(Date::open_end())};
  const bool is_by_day =
      window.valid_from.is_open() || rule.window.type == Window::Type::rolling;
  const bool is_early = as_of_ < pack_.effective;
  if (is_early || (is_by_day ? !in_force.contains(asked.decisive)
                             : !window.overlaps(in_force))) {
    cell.status = Status::not_in_force;
  } else if (!rule.exempt.empty() &&
             ask(rule.exempt[0], asked).now == Truth::yes) {
    cell.status = Status::exempt;
  } else if (!applies(rule, subject, window, asked.part)) {
    cell.status = Status::not_applicable;
  } else {
    fill(rule, asked, cell);
  }
  return cell;
}

void PackOracle::fill(const PackRule& rule, const Asked& asked,
                      Cell& cell) const {
  if (rule.is_report) {
    cell.status = Status::not_evaluable;
    cell.value = reckon(rule.shown[0], asked).now;
    return;
  }
  const Condition& required = rule.require[0];
  const Belief belief = ask(required, asked);
  constexpr auto bit = [](Truth truth) {
    return static_cast<std::uint8_t>(truth);
  };
  cell.status = belief.is_open                       ? Status::not_evaluable
                : belief.ends == bit(Truth::yes)     ? Status::met
                : belief.ends == bit(Truth::no)      ? Status::unmet
                : belief.ends == bit(Truth::unknown) ? Status::not_evaluable
                                                     : Status::pending;
  show(required, asked, cell);
  cell.is_above = cell.is_above && cell.status == Status::met;
}

// The value and the threshold of a condition; of joined ones how many are met,
// of how many that must be.
void PackOracle::show(const Condition& condition, const Asked& asked,
                      Cell& cell) const {
  switch (condition.type) {
    case Condition::Type::compare:
    case Condition::Type::range:
      cell.value = reckon(condition.amounts[0], asked).now;
      cell.threshold = threshold(condition, asked).now;
      if (condition.type == Condition::Type::range && cell.value) {
        const std::optional<Exact> high =
            reckon(condition.amounts[2], asked).now;
        cell.is_above = high && is_less(*high, *cell.value);
      }
      return;
    case Condition::Type::scale:
      cell.value = place(attribute(asked.thing, condition.name));
      cell.threshold = place(condition.words[0]);
      return;
    case Condition::Type::negation:
      show(condition.parts[0], asked, cell);
      return;
    case Condition::Type::all:
    case Condition::Type::any:
    case Condition::Type::some:
      break;
    default:
      return;
  }
  std::size_t met = 0;
  for (const Condition& part : condition.parts) {
    const Belief belief = ask(part, asked);
    const bool is_met =
        !belief.is_open && belief.ends == static_cast<std::uint8_t>(Truth::yes);
    met += is_met ? 1U : 0U;
  }
  const std::size_t needed = condition.type == Condition::Type::all
                                 ? condition.parts.size()
                             : condition.type == Condition::Type::any
                                 ? 1
                                 : static_cast<std::size_t>(condition.some);
  cell.value = exact(static_cast<Wide>(met));
  cell.threshold = exact(static_cast<Wide>(needed));
}

}  // namespace headrope::oracle
