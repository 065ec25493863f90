// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What rules are written in: selections of items, amounts made from them, and
// conditions on amounts. Names are texts here; `bind` in evaluate/ turns them
// into the ids of a snapshot. The nesting is limited by the reader, so that
// whoever walks the tree may recurse.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "headrope/fraction.hpp"
#include "headrope/rule.hpp"
#include "rules/window.hpp"

namespace headrope {

/// A name for people, owned.
struct Text {
  std::string zh{};
  std::string en{};
  [[nodiscard]] bool is_empty() const { return zh.empty() && en.empty(); }
};

/// What a condition can speak of: subjects and items alike.
enum class Thing : std::uint8_t {
  unit,
  person,
  post,
  duty,
  record,
  none  ///< assignments and pairings: counted, never looked into
};

/// Names as a pack writes them, and their ids once they are bound.
struct Names {
  std::vector<std::string> texts{};
  std::vector<std::uint32_t> ids{};
  bool is_all = false;
};

// Vectors of what is not complete yet stand without braces: with them clang
// asks for the whole of it.
struct Condition;
struct Amount;

/// Some items that stand in a relation to a thing.
struct Selection {
  /// Which relation.
  enum class Source : std::uint8_t {
    records,     ///< of a unit or person; of a record: of the same subject
    attended,    ///< records that a person is marked at
    attendance,  ///< persons marked at a record
    members,     ///< persons of a unit
    units,       ///< of a unit or person
    posts,       ///< of a unit or person
    holders,     ///< persons that hold a post
    assignments,
    pairings,
    duties,       ///< that reach a unit
    answered_by,  ///< the nearest assignments of duties that reach a unit
    windows       ///< parts of the window
  };
  /// How far below or above.
  enum class Reach : std::uint8_t { own, children, below, above };
  /// How a record must stand to the window.
  enum class Counts : std::uint8_t {
    begun,        ///< begins in it
    overlapping,  ///< shares a day with it
    holding,      ///< holds on its last day
    up_to         ///< begins in it or before
  };
  /// Which holders.
  enum class Holders : std::uint8_t { all, titular, acting };

  Source source = Source::records;
  Names names{};   ///< measures, roles or pairings, by the source
  Names kinds{};   ///< of units
  Names duties{};  ///< of `answered_by`; all if none is named
  Reach reach = Reach::own;
  Counts counts = Counts::begun;
  Holders holders = Holders::all;
  bool any_membership = false;  ///< members on the basis `any`
  PresenceSet presences = attended_presences;
  std::string along{};     ///< hierarchy; empty: the default of the source
  std::string credited{};  ///< hierarchy of joint records
  std::string about{};     ///< attribute that names the record looked at
  std::vector<WindowSpec> windows{};  ///< one, for `windows`
  std::vector<Condition> where;       ///< none or one

  // Bound.
  std::int32_t forest = -1;
  std::int32_t credit_forest = -1;
  AttributeId about_attribute{};
  Thing of = Thing::unit;     ///< the thing it stands in relation to
  Thing items = Thing::none;  ///< what its items are
};

/// One of the groups of a spread.
struct Group;
/// A weighted item of a composite.
struct Weighted;

/// A number.
struct Amount {
  enum class Op : std::uint8_t {
    number,
    all,  ///< how many values `among` names; only as a threshold
    parameter,
    date,
    figure,
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
    spread,
    quotient,
    difference,
    product,
    total,
    weighted,
    change,
    choose,
    met,
    attribute,
    age,
    value,
    length
  };
  /// What becomes of a composite when an item has no value.
  enum class Missing : std::uint8_t { not_evaluable, zero, reweigh };

  Op op = Op::number;
  Fraction number{};
  std::string name{};  ///< parameter, figure or attribute; `by` of distinct
  std::vector<std::string> among{};
  std::vector<Selection> selection{};  ///< none or one
  std::vector<Amount> parts{};
  std::vector<Condition> conditions;  ///< of share, met, spread and choose
  std::vector<Fraction> weights{};
  std::vector<Text> labels{};  ///< of weighted items and groups
  Missing missing = Missing::not_evaluable;

  // Bound.
  AttributeId attribute{};
  std::int32_t scale = -1;     ///< position in the pack's scales
  std::int32_t position = -1;  ///< of the parameter or figure in the pack
};

/// Something that holds for a thing in a window, or does not.
struct Condition {
  enum class Op : std::uint8_t {
    always,
    compare,
    all,
    any,
    negation,
    some,
    attribute_in,
    attribute_present,
    kind,
    role,
    holds,
    member_of,
    weekday,
    rule
  };
  /// How the amounts are compared.
  enum class Compare : std::uint8_t {
    at_least,
    at_most,
    more_than,
    less_than,
    equals,
    range,         ///< from the lower bound on; the upper by a reading
    rounds_to,     ///< only in checks of reported figures
    is_a_share_of  ///< part and share: is there such a whole?
  };

  Op op = Op::always;
  Compare compare = Compare::at_least;
  bool negated = false;        ///< not_in, present: false
  bool is_tolerant = false;    ///< the threshold times the reading `basically`
  bool follows_below = false;  ///< whether the bound counts is a reading
  std::vector<Amount> amounts{};  ///< left, right, and the upper bound
  std::vector<Condition> parts{};
  Names names{};              ///< values, kinds, roles, or the rule
  std::uint8_t weekdays = 0;  ///< bit 0: Monday
  Text label{};
  int line = 0;

  // Bound.
  AttributeId attribute{};
  std::string name{};  ///< attribute or rule
  std::int32_t rule = -1;
};

}  // namespace headrope
