// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/random_pack.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <set>
#include <tuple>
#include <utility>

#include "support/random_organisation.hpp"

namespace headrope::testing {
namespace {

using plan::Amount;
using plan::Condition;
using plan::PackRule;
using plan::Selection;
using plan::Window;

// Choices that were drawn beforehand, one after the other; past the end the
// first, which is the plainest.
class Tape {
 public:
  explicit Tape(const std::vector<std::uint32_t>& choices)
      : choices_(choices) {}

  std::uint32_t below(std::size_t count) {
    return at_ < choices_.size()
               ? choices_[at_++] % static_cast<std::uint32_t>(count)
               : 0;
  }
  bool once_in(std::size_t count) { return below(count) == count - 1; }
  template <typename T, std::size_t n>
  const T& of(const std::array<T, n>& list) {
    return list.at(below(n));
  }
  template <typename T>
  T pick(std::initializer_list<T> list) {
    return *(list.begin() + below(list.size()));
  }

 private:
  const std::vector<std::uint32_t>& choices_;
  std::size_t at_ = 0;
};

enum class Thing { unit, person, record };

constexpr std::array<const char*, 3> themes{"a", "b", "c"};

// Writes a pack, choice by choice.
class Writer {
 public:
  Writer(Tape& tape, const PackOptions& options, plan::Pack& pack)
      : tape_(tape), options_(options), pack_(pack) {}

  void write();

 private:
  Date day() {
    return add_days(middle, tape_.pick({0, 1, -1, 30, 31, -31, 59, 90, -60}));
  }
  // No window is over when the pack takes effect.
  [[nodiscard]] Date after_effective(Date day) const {
    return std::max(day, add_days(pack_.effective, 1));
  }
  Interval days();
  Fraction number(std::initializer_list<Fraction> list) {
    return tape_.pick(list);
  }
  Condition compare(Amount left, Amount right);
  Amount right_of(const Amount& left, Thing thing);
  Amount threshold(const Amount& left);
  Window window(bool of_records);
  Window each();
  Selection selection(Thing thing, bool of_records, int depth);
  Selection of_records(Thing thing);
  Amount reduction(Thing thing, int depth);
  Amount amount(Thing thing, int depth);
  Amount deep_amount(Thing thing, int depth);
  Condition condition(Thing thing, int depth);
  Condition joined(Thing thing, int depth);
  Condition fact(Thing thing);
  Condition where(Thing item, int depth);
  PackRule rule(std::size_t at);
  void parameters();

  Tape& tape_;
  const PackOptions& options_;
  plan::Pack& pack_;
  std::vector<std::pair<Name, SubjectType>> earlier_;
};

Amount number_amount(const Fraction& number) {
  Amount amount;
  amount.number = number;
  return amount;
}

Amount amount_of(Amount::Type type, Selection selection) {
  Amount amount;
  amount.type = type;
  amount.selections = {std::move(selection)};
  return amount;
}

Interval Writer::days() {
  const Date a = day();
  const Date b = day();
  return {std::min(a, b), add_days(std::max(a, b), 1)};
}

Window Writer::each() {
  Window window;
  window.type = Window::Type::each;
  window.period = tape_.pick({Period::month, Period::quarter, Period::year,
                              Period::week, Period::half_year});
  return window;
}

Window Writer::window(bool of_records) {
  if (options_.calendar_only || tape_.below(2) == 0) {
    return each();
  }
  Window window;
  window.type =
      tape_.pick({Window::Type::as_of, Window::Type::fixed, Window::Type::by,
                  Window::Type::once, Window::Type::rolling, Window::Type::part,
                  Window::Type::weekday, Window::Type::day});
  if (of_records && tape_.below(2) == 1) {
    window.type = Window::Type::within;
  }
  window.number = static_cast<std::int32_t>(tape_.below(7));
  switch (window.type) {
    case Window::Type::fixed:
      window.days = days();
      window.days.valid_until = after_effective(window.days.valid_until);
      if (tape_.once_in(4)) {
        window.days.valid_from = Date::open_start();
      } else if (tape_.once_in(5)) {
        window.days.valid_until = Date::open_end();
      }
      break;
    case Window::Type::by:
      window.days = {Date::open_start(), after_effective(day())};
      break;
    case Window::Type::rolling:
      window.unit = tape_.pick({'d', 'm', 'y'});
      window.number = tape_.pick({1, 2, 3, 13});
      break;
    case Window::Type::part:
      window.first = {2013, tape_.pick({1, 2, 4, 12}), tape_.pick({1, 15})};
      window.last = {2013, window.first.month, tape_.pick({15, 28})};
      break;
    case Window::Type::within:
      window.number = tape_.pick({1, 7, 40});
      window.after_start = tape_.below(2) == 1;
      break;
    case Window::Type::weekday:
    case Window::Type::day:
      if (tape_.once_in(3)) {
        window.except = {day()};
      }
      break;
    default:
      break;
  }
  return window;
}

// Measures that may stand together.
std::vector<Name> measures_of(std::uint32_t choice) {
  switch (choice) {
    case 1:
      return {"sessions", "visits"};
    case 2:
      return {"hours"};
    case 3:
      return {"area"};
    case 4:
      return {"share"};
    default:
      return {"sessions"};
  }
}

Selection Writer::of_records(Thing thing) {
  Selection selection;
  selection.measures = measures_of(tape_.below(3));
  if (thing == Thing::person && tape_.below(2) == 1) {
    selection.type = Selection::Type::attended;
    if (tape_.once_in(3)) {
      selection.presences = {Presence::excused, Presence::absent};
    }
  }
  selection.counts =
      tape_.pick({Selection::Counts::begun, Selection::Counts::begun,
                  Selection::Counts::overlapping, Selection::Counts::holding});
  if (thing == Thing::unit) {
    const std::uint32_t choice = tape_.below(6);
    if (choice == 4) {
      selection.credited = tape_.of(hierarchy_names);
    } else if (choice == 5) {
      selection.of_below = true;
      selection.along = tape_.of(hierarchy_names);
    }
  }
  if (tape_.once_in(4)) {
    selection.where = {where(Thing::record, 0)};
  }
  return selection;
}

// Records, or persons or units around a unit.
Selection Writer::selection(Thing thing, bool records_only, int depth) {
  if (records_only || thing == Thing::record || tape_.below(2) == 0) {
    return of_records(thing);
  }
  Selection selection;
  selection.type =
      thing == Thing::person
          ? Selection::Type::units_own
          : tape_.pick(
                {Selection::Type::members_own, Selection::Type::members_below,
                 Selection::Type::units_children, Selection::Type::units_below,
                 Selection::Type::units_above});
  const bool of_members = selection.type == Selection::Type::members_own ||
                          selection.type == Selection::Type::members_below;
  if (selection.type != Selection::Type::members_own &&
      selection.type != Selection::Type::units_own) {
    selection.along = tape_.of(hierarchy_names);
  }
  if (of_members) {
    selection.basis_any = tape_.below(2) == 1;
  } else if (tape_.once_in(3)) {
    selection.kinds = {tape_.of(kind_names)};
  }
  if (tape_.below(2) == 1) {
    selection.where = {where(of_members ? Thing::person : Thing::unit, depth)};
  }
  return selection;
}

Condition Writer::where(Thing item, int depth) {
  if (item != Thing::record) {
    return tape_.below(2) == 0 ? fact(item)
                               : condition(item, depth > 0 ? depth - 1 : 0);
  }
  switch (tape_.below(3)) {
    case 0:
      return fact(Thing::record);
    case 1: {
      Condition weekday;
      weekday.type = Condition::Type::weekday;
      weekday.weekdays = {0, 1, 2};
      weekday.weekdays.back() += static_cast<int>(tape_.below(5));
      return weekday;
    }
    default:
      Amount left;
      left.type = tape_.pick({Amount::Type::value, Amount::Type::length});
      return compare(left, number_amount(number({{1, 1}, {2, 1}, {5, 1}})));
  }
}

Condition Writer::fact(Thing thing) {
  Condition fact;
  const std::uint32_t choice = tape_.below(thing == Thing::record ? 4 : 6);
  fact.type = std::array{Condition::Type::in,      Condition::Type::not_in,
                         Condition::Type::present, Condition::Type::absent,
                         Condition::Type::scale,   Condition::Type::kind}
                  .at(choice);
  if (thing == Thing::record) {
    fact.name = "theme";
    fact.words = {tape_.of(themes)};
  } else if (fact.type == Condition::Type::kind) {
    fact.type = thing == Thing::person ? Condition::Type::member_of
                                       : Condition::Type::kind;
    fact.words = {tape_.of(kind_names)};
  } else if (fact.type == Condition::Type::scale) {
    fact.name = "rank";
    fact.words = {tape_.pick<const char*>({"low", "high"})};
  } else {
    fact.name = tape_.of(attribute_names);
    fact.words = {tape_.of(attribute_values)};
  }
  return fact;
}

Amount Writer::reduction(Thing thing, int depth) {
  const Amount::Type type = tape_.pick(
      {Amount::Type::count, Amount::Type::sum, Amount::Type::days,
       Amount::Type::last, Amount::Type::least, Amount::Type::greatest,
       Amount::Type::first_day, Amount::Type::last_day, Amount::Type::count,
       Amount::Type::distinct});
  if (type == Amount::Type::count) {
    return amount_of(type, selection(thing, options_.simple_amounts, depth));
  }
  Amount amount = amount_of(type, of_records(thing));
  if (type == Amount::Type::distinct) {
    amount.name =
        tape_.pick<const char*>({"theme", "person", "unit", "measure"});
    if (amount.name == "theme" && tape_.below(2) == 1) {
      amount.among = {"a", "b"};
    }
  } else if ((type == Amount::Type::first_day ||
              type == Amount::Type::last_day) &&
             amount.selections[0].counts == Selection::Counts::holding) {
    // Of a day, holding records are not asked for.
    amount.selections[0].counts = Selection::Counts::overlapping;
  } else if (type == Amount::Type::last || type == Amount::Type::least ||
             type == Amount::Type::greatest) {
    amount.selections[0].measures = measures_of(tape_.below(5));
    if (amount.selections[0].of_below) {  // Ratios of units do not join.
      amount.selections[0].measures = {"area"};
    }
  }
  return amount;
}

Amount Writer::amount(Thing thing, int depth) {
  if (thing == Thing::record) {
    Amount amount;
    amount.type = tape_.pick({Amount::Type::value, Amount::Type::length});
    return amount;
  }
  if (depth == 0 || options_.simple_amounts || tape_.below(2) == 0) {
    return reduction(thing, depth);
  }
  return deep_amount(thing, depth - 1);
}

// Whether a share of it is one of records, of persons or of units.
Thing items_of(const Selection& selection) {
  switch (selection.type) {
    case Selection::Type::records:
    case Selection::Type::attended:
      return Thing::record;
    case Selection::Type::members_own:
    case Selection::Type::members_below:
      return Thing::person;
    default:
      return Thing::unit;
  }
}

Amount Writer::deep_amount(Thing thing, int depth) {
  Amount made;
  made.type = tape_.pick({Amount::Type::share, Amount::Type::total,
                          Amount::Type::difference, Amount::Type::quotient,
                          Amount::Type::met, Amount::Type::choose,
                          Amount::Type::weighted, Amount::Type::product,
                          Amount::Type::attribute, Amount::Type::age});
  switch (made.type) {
    case Amount::Type::share:
      made.selections = {selection(thing, false, depth)};
      made.conditions = {where(items_of(made.selections[0]), depth)};
      return made;
    case Amount::Type::met:
      made.conditions = {condition(thing, depth)};
      return made;
    case Amount::Type::attribute:
      made.name = "size";
      return made;
    case Amount::Type::age:
      made.name = "born";
      return made;
    case Amount::Type::choose:
      made.conditions = {where(thing, depth)};
      break;
    case Amount::Type::weighted:
      made.weights = {number({{1, 5}, {1, 1}}), number({{3, 10}, {1, 2}})};
      made.missing =
          tape_.pick({Amount::Missing::unsaid, Amount::Missing::not_evaluable,
                      Amount::Missing::zero, Amount::Missing::reweigh});
      break;
    default:
      break;
  }
  made.amounts = {amount(thing, depth), amount(thing, depth)};
  return made;
}

Amount Writer::threshold(const Amount& left) {
  switch (left.type) {
    case Amount::Type::first_day:
    case Amount::Type::last_day: {
      Amount date;
      date.type = Amount::Type::date;
      date.date = day();
      return date;
    }
    case Amount::Type::share:
      return number_amount(number({{1, 2}, {1, 3}, {9, 10}, {1, 1}, {0, 1}}));
    case Amount::Type::sum:
    case Amount::Type::greatest:
      return number_amount(number({{3, 1}, {13, 2}, {10, 1}, {20, 1}}));
    default:
      return number_amount(
          number({{1, 1}, {2, 1}, {0, 1}, {3, 1}, {5, 2}, {4, 1}}));
  }
}

Amount Writer::right_of(const Amount& left, Thing thing) {
  const std::uint32_t choice = tape_.below(8);
  if (choice >= 5 && left.type != Amount::Type::first_day &&
      left.type != Amount::Type::last_day) {
    Amount parameter;
    parameter.type = Amount::Type::parameter;
    parameter.name = std::array{"p1", "p2", "p3"}.at(choice - 5);
    return parameter;
  }
  if (choice == 4 && !options_.simple_amounts && thing != Thing::record) {
    return reduction(thing, 0);
  }
  return threshold(left);
}

Condition Writer::compare(Amount left, Amount right) {
  Condition condition;
  condition.sign =
      tape_.pick({Condition::Sign::at_least, Condition::Sign::at_most,
                  Condition::Sign::more_than, Condition::Sign::less_than,
                  Condition::Sign::equals});
  condition.is_below =
      condition.sign == Condition::Sign::at_most && tape_.once_in(3);
  condition.is_basically =
      condition.sign == Condition::Sign::at_least && tape_.once_in(5);
  if (!left.among.empty() && tape_.below(2) == 1) {
    condition.sign = Condition::Sign::at_least_all;
    condition.is_below = condition.is_basically = false;
  }
  condition.amounts = {std::move(left), std::move(right)};
  return condition;
}

Condition Writer::joined(Thing thing, int depth) {
  Condition joined;
  joined.type = tape_.pick({Condition::Type::all, Condition::Type::any,
                            Condition::Type::some, Condition::Type::negation});
  const std::size_t count =
      joined.type == Condition::Type::negation ? 1 : 2 + tape_.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    joined.parts.push_back(condition(thing, depth));
  }
  joined.some = 1 + tape_.below(count);
  return joined;
}

Condition Writer::condition(Thing thing, int depth) {
  const std::uint32_t choice = options_.simple_amounts ? 0 : tape_.below(8);
  if (choice >= 6 && depth > 0) {
    return joined(thing, depth - 1);
  }
  if (choice == 5) {
    return fact(thing);
  }
  Amount left = amount(thing, depth);
  if (choice == 4 && thing != Thing::record) {
    Condition range;
    range.type = Condition::Type::range;
    const Amount low = threshold(left);
    Amount high = low;
    high.number.numerator += low.number.denominator * tape_.pick({1, 2});
    high.date = add_days(low.date, 5);
    range.amounts = {std::move(left), low, high};
    return range;
  }
  Amount right = right_of(left, thing);
  return compare(std::move(left), std::move(right));
}

PackRule Writer::rule(std::size_t at) {
  PackRule rule;
  rule.id = "R" + std::to_string(at + 1);
  const std::uint32_t choice = tape_.below(options_.any_records ? 7 : 6);
  rule.subjects = choice < 3   ? SubjectType::units
                  : choice < 6 ? SubjectType::persons
                               : SubjectType::records;
  const bool of_records = rule.subjects == SubjectType::records;
  const Thing thing = of_records                            ? Thing::record
                      : rule.subjects == SubjectType::units ? Thing::unit
                                                            : Thing::person;
  if (of_records) {
    rule.names = measures_of(tape_.below(3));
  } else if (tape_.once_in(4)) {
    rule.names = {tape_.of(kind_names)};
  }
  if (tape_.once_in(4)) {
    rule.where = {fact(thing)};
  }
  if (tape_.once_in(5)) {
    rule.exempt = {fact(thing)};
  }
  rule.window = window(of_records);
  if (tape_.below(2) == 1) {
    rule.partial = tape_.pick({PartialWindow::any_day, PartialWindow::full_only,
                               PartialWindow::at_end, PartialWindow::pro_rata});
  }
  const bool may_refer = !options_.simple_amounts && !earlier_.empty() &&
                         !of_records && tape_.once_in(4) &&
                         earlier_.back().second == rule.subjects;
  if (may_refer) {
    Condition refers;
    refers.type = Condition::Type::rule;
    refers.name = earlier_.back().first;
    Condition all;  // Whose value is how many of its parts are met.
    all.type = Condition::Type::all;
    all.parts = {refers};
    rule.require = {all};
  } else if (!options_.simple_amounts && tape_.once_in(12)) {
    rule.is_report = true;
    rule.shown = {amount(thing, 1)};
  } else {
    rule.require = {condition(thing, 2)};
  }
  earlier_.emplace_back(rule.id, rule.subjects);
  return rule;
}

void Writer::parameters() {
  const Date first = pack_.effective;
  pack_.parameters = {
      {"p1", {{first, number({{1, 1}, {2, 1}, {3, 1}})}}},
      {"p2",
       {{first, number({{2, 1}, {1, 1}})},
        {std::max(add_days(first, 1), day()), number({{1, 1}, {4, 1}})}}},
      {"p3", {}}};
  if (tape_.once_in(3)) {
    pack_.parameters[1].values.push_back(
        {add_days(pack_.parameters[1].values.back().from, 20), std::nullopt});
  }
}

void Writer::write() {
  pack_.effective = tape_.below(3) < 2 ? add_days(middle, -500) : day();
  if (tape_.once_in(5)) {
    pack_.repealed = add_days(pack_.effective, tape_.pick({500, 530, 40}));
  }
  if (tape_.below(2) == 1) {
    pack_.basically = number({{19, 20}, {1, 2}});
  }
  pack_.below_exclusive = tape_.once_in(3);
  pack_.both_bounds = tape_.once_in(3);
  if (tape_.once_in(4)) {
    pack_.partial =
        tape_.pick({PartialWindow::any_day, PartialWindow::full_only,
                    PartialWindow::at_end});
  }
  pack_.scale = {"low", "high"};
  parameters();
  const std::size_t count = 1 + tape_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    pack_.rules.push_back(rule(i));
  }
}

void add_attributes(PackCase& it, Tape tape) {
  const auto add = [&](EntityType type, const Name& subject, const Name& name,
                       const Name& value) {
    it.attributes.push_back({type, subject, name, value, {}});
  };
  for (const Name& unit : it.organisation.units) {
    if (tape.below(3) > 0) {
      add(EntityType::unit, unit, "size",
          tape.pick<const char*>({"2", "0", "7.5", "many"}));
    }
  }
  for (const Name& person : it.organisation.persons) {
    if (tape.below(3) > 0) {
      add(EntityType::person, person, "size",
          tape.pick<const char*>({"1", "3", "1/3"}));
      add(EntityType::person, person, "born",
          tape.pick<const char*>(
              {"2010-01-01", "2009-12-31", "2012-02-29", "2011-01-02"}));
    }
  }
  for (const RecordRow& record : it.organisation.records) {
    if (tape.below(4) > 0) {
      add(EntityType::record, record.record, "theme", tape.of(themes));
    }
  }
}

}  // namespace

rc::Gen<PackCase> pack_cases(const PackOptions& options) {
  using Choices = std::vector<std::uint32_t>;
  const auto choices = [](std::size_t count) {
    return rc::gen::container<Choices>(count, below<std::uint32_t>(5040));
  };
  return rc::gen::map(
      rc::gen::tuple(organisations(), choices(90), choices(60), windows()),
      [options](
          const std::tuple<Organisation, Choices, Choices, Interval>& drawn) {
        PackCase it;
        const auto& [organisation, rules, attributes, range] = drawn;
        it.organisation =
            options.is_static ? always_as_now(organisation) : organisation;
        it.range = range;
        if (options.is_over) {
          it.organisation.as_of = add_days(middle, 420);
        }
        add_attributes(it, Tape(attributes));
        Tape tape(rules);
        Writer(tape, options, it.pack).write();
        return it;
      });
}

Organisation always_as_now(Organisation organisation) {
  const Date now = organisation.as_of;
  const auto keep = [&](auto& rows) {
    std::erase_if(rows, [&](const auto& row) {
      return !row.clocks.valid.contains(now) ||
             !row.clocks.recorded.contains(organisation.known_on);
    });
    for (auto& row : rows) {
      row.clocks = {};
    }
  };
  keep(organisation.states);
  keep(organisation.links);
  keep(organisation.memberships);
  keep(organisation.attributes);
  std::set<Name> kept;
  std::erase_if(organisation.records, [&](const RecordRow& row) {
    return row.clocks.valid.valid_from > now ||
           !row.clocks.recorded.contains(organisation.known_on);
  });
  for (RecordRow& row : organisation.records) {
    row.clocks.recorded = {};
    row.clocks.valid.valid_until =
        std::min(row.clocks.valid.valid_until, add_days(now, 1));
    kept.insert(row.record);
  }
  std::erase_if(organisation.attendance, [&](const AttendanceRow& row) {
    return !kept.contains(row.record) ||
           !row.recorded.contains(organisation.known_on);
  });
  for (AttendanceRow& row : organisation.attendance) {
    row.recorded = {};
  }
  organisation.known_on = latest_day;
  return organisation;
}

Frozen frozen(const PackCase& it) {
  Registry registry = build(it.organisation);
  for (const AttributeRow& row : it.attributes) {
    const std::uint32_t subject =
        row.type == EntityType::unit ? registry.find_unit(row.subject)->value
        : row.type == EntityType::person
            ? registry.find_person(row.subject)->value
            : registry.find_record(row.subject)->value;
    const auto name = registry.make_attribute(row.attribute);
    const auto added =
        registry.add(Attribute{{row.type, subject}, *name, row.value, {}, {}});
    if (!added) {
      RC_FAIL("refused: " + added.error().message);
    }
  }
  Diagnostics findings;
  auto snapshot =
      freeze(registry, {it.organisation.as_of, it.organisation.known_on, {}},
             findings);
  if (!snapshot) {
    RC_FAIL("refused: " + snapshot.error().message);
  }
  return {std::move(registry), *std::move(snapshot)};
}

namespace {

PackPointer accepted(Result<PackPointer> pack, const std::string& text,
                     const Diagnostics& findings) {
  if (!pack) {
    std::string told;
    for (const Diagnostic& finding : findings.items()) {
      told += "\n" + std::to_string(finding.row) + " " + finding.column + " '" +
              finding.value + "' " + finding.message;
    }
    RC_FAIL(text + "refused: " + pack.error().message + told);
  }
  return *std::move(pack);
}

}  // namespace

PackPointer parsed(const plan::Pack& pack, const Registry& vocabulary) {
  const std::string text = to_yaml(pack);
  Diagnostics findings;
  auto read = parse_pack(text, "pack.yaml", vocabulary, {}, findings);
  return accepted(std::move(read), text, findings);
}

PackPointer parsed_overlay(const plan::Pack& base, const plan::Pack& changes,
                           const PackPointer& on, const Registry& vocabulary) {
  const std::string text = overlay_yaml(base, changes);
  Diagnostics findings;
  const std::array<PackPointer, 1> bases{on};
  auto read = parse_pack(text, "overlay.yaml", vocabulary, bases, findings);
  return accepted(std::move(read), text, findings);
}

std::ostream& operator<<(std::ostream& out, const PackCase& it) {
  out << it.organisation;
  for (const AttributeRow& row : it.attributes) {
    out << "  attribute " << row.subject << ' ' << row.attribute << '='
        << row.value << '\n';
  }
  return out << "range " << it.range << '\n' << to_yaml(it.pack);
}

}  // namespace headrope::testing
