// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A rule pack as a plain description, so that an oracle can judge it without
// reading YAML, and the same pack written as YAML for the library.

#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <headrope/date.hpp>
#include <headrope/fraction.hpp>
#include <headrope/pack_answers.hpp>
#include <headrope/rule.hpp>

namespace headrope::testing::plan {

using Name = std::string;

struct Amount;
struct Condition;

/// Which days a rule, or a part of its window, speaks of.
struct Window {
  /// What the window is.
  enum class Type : std::uint8_t {
    as_of,
    once,
    each,     ///< `period`
    weekday,  ///< `number` is 0 for Monday
    day,      ///< every day
    part,     ///< from month and day `first` to `last` of every year
    fixed,    ///< `days`
    by,       ///< `days`, without a start
    rolling,  ///< `number` days, months or years
    within    ///< `number` days after the record
  };
  Type type = Type::as_of;
  Period period = Period::month;
  std::int32_t number = 0;
  char unit = 'd';  ///< for rolling: d, m or y
  bool after_start = false;
  Interval days{};
  CivilDate first{};
  CivilDate last{};
  std::vector<Date> except{};
};

/// What stands under an amount.
struct Selection {
  /// Where the items come from.
  enum class Type : std::uint8_t {
    records,
    attended,
    members_own,
    members_below,
    units_children,
    units_below,
    units_above,
    units_own,
    windows
  };
  /// Which records belong to the window.
  enum class Counts : std::uint8_t { begun, overlapping, holding };
  Type type = Type::records;
  std::vector<Name> measures;
  Counts counts = Counts::begun;
  Name along;     ///< the hierarchy of members and units
  Name credited;  ///< the hierarchy of joint records; empty: none
  bool of_below = false;
  std::vector<Presence> presences;  ///< of attended; empty: the default
  bool basis_any = false;
  std::vector<Name> kinds;
  Window parts;                  ///< of windows
  std::vector<Condition> where;  ///< none or one
};

/// A number.
struct Amount {
  /// How it is made.
  enum class Type : std::uint8_t {
    number,
    parameter,
    date,
    count,
    sum,
    last,
    least,
    greatest,
    days,
    first_day,
    last_day,
    distinct,
    share,
    quotient,
    difference,
    product,
    total,
    weighted,
    choose,
    met,
    attribute,
    age,
    value,
    length
  };
  /// What a part of a weighted amount does that has no value.
  enum class Missing : std::uint8_t { unsaid, not_evaluable, zero, reweigh };
  Type type = Type::number;
  Fraction number{};
  Date date{};
  Name name;                          ///< parameter, attribute, `by`
  std::vector<Selection> selections;  ///< none or one
  std::vector<Amount> amounts;
  std::vector<Condition> conditions;  ///< share, met, choose (less one)
  std::vector<Fraction> weights;
  std::vector<Name> among;
  Missing missing = Missing::unsaid;
};

/// What must hold.
struct Condition {
  /// Which shape it has.
  enum class Type : std::uint8_t {
    compare,  ///< `amounts`: left and right
    range,    ///< `amounts`: left, low and high
    scale,    ///< an attribute by its place: at least `words[0]`
    all,
    any,
    some,
    negation,
    in,
    not_in,
    present,
    absent,
    kind,
    member_of,
    weekday,
    rule
  };
  /// How amounts compare.
  enum class Sign : std::uint8_t {
    at_least,
    at_most,
    more_than,
    less_than,
    equals,
    at_least_all  ///< of distinct among
  };
  Type type = Type::compare;
  Sign sign = Sign::at_least;
  std::vector<Amount> amounts;
  std::vector<Condition> parts;
  std::int64_t some = 0;
  Name name;                ///< attribute or rule
  std::vector<Name> words;  ///< values, kinds
  std::vector<int> weekdays;
  bool is_below = false;      ///< boundary: below
  bool is_basically = false;  ///< tolerance: basically
};

/// A value of a parameter from a day on; nothing ends it.
struct ParameterValue {
  Date from{};
  std::optional<Fraction> value{};
};

/// A parameter; without values it is open.
struct Parameter {
  Name id;
  std::vector<ParameterValue> values;  ///< by day
};

/// A rule.
struct PackRule {
  Name id;
  SubjectType subjects = SubjectType::units;
  std::vector<Name> names;       ///< kinds or measures; empty: all
  std::vector<Condition> where;  ///< none or one
  std::vector<Condition> exempt;
  Window window;
  std::optional<PartialWindow> partial;
  bool is_report = false;
  std::vector<Condition> require;  ///< one, unless a report
  std::vector<Amount> shown;       ///< of a report
};

/// A pack.
struct Pack {
  Name id = "P";
  Date effective{};
  std::optional<Date> repealed{};
  std::optional<Fraction> basically{};
  bool below_exclusive = false;
  bool both_bounds = false;
  std::optional<PartialWindow> partial{};
  std::vector<Name> scale;  ///< of the attribute `rank`
  std::vector<Parameter> parameters;
  std::vector<PackRule> rules;
};

/// The value of a parameter on a day; nothing if it is open.
[[nodiscard]] std::optional<Fraction> value_on(const Pack& pack,
                                               const Name& parameter, Date day);

/// The pack as a file of the format headrope-pack/1.
[[nodiscard]] std::string to_yaml(const Pack& pack);

/// An overlay on the pack as a file: the parameters and rules of `changes`.
[[nodiscard]] std::string overlay_yaml(const Pack& pack, const Pack& changes);

}  // namespace headrope::testing::plan

namespace headrope::testing::plan {
/// Prints the YAML.
std::ostream& operator<<(std::ostream& out, const Pack& pack);
}  // namespace headrope::testing::plan
