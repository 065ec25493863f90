// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A rule pack as it was read: plain data, checked.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/pack.hpp"
#include "rules/expression.hpp"

namespace headrope {

/// How words are read; see docs/formats/rule-pack.md.
struct Readings {
  bool below_is_exclusive = false;
  bool range_is_strict = false;
  std::optional<Fraction> basically{};
  std::optional<Fraction> approximately{};
  PartialWindow partial = PartialWindow::any_day;
  friend bool operator==(const Readings&, const Readings&) = default;
};

/// The value of a parameter from a day on.
struct ParameterValue {
  Date from{};
  std::optional<Fraction> value{};  ///< nothing: open again
  std::string clause{};
  std::string pack{};  ///< whose value it is
};

/// A number that a document sets.
struct Parameter {
  std::string id{};
  Text title{};
  std::string unit{};
  std::vector<ParameterValue> values{};  ///< by `from`
  int line = 0;

  /// The value of a day; nothing if it is open.
  [[nodiscard]] const ParameterValue* on(Date day) const;
};

/// Ordered values of an attribute.
struct Scale {
  std::string attribute{};
  std::vector<std::string> values{};
};

/// A part of a plan's time.
struct Phase {
  std::string id{};
  Text title{};
  Interval days{};
  std::string clause{};
  std::vector<std::string> deliverables{};  ///< rules
  int line = 0;
};

/// A name for values of a composite.
struct Grade {
  Fraction at_least{};
  Text grade{};
};

/// Whom a rule of a pack speaks of.
struct PackSubjects {
  Thing type = Thing::unit;
  Names names{};                   ///< kinds, roles or measures
  Names inherited_by{};            ///< kinds
  std::vector<Condition> where{};  ///< none or one
};

/// A rule of a pack.
struct PackRule {
  std::string id{};
  std::string pack{};  ///< of an overlay, where the rule comes from
  std::string clause{};
  std::string phrase{};
  Text title{};
  std::string group{};
  std::vector<std::string> forms{};
  Force force = Force::obligation;
  PackSubjects subjects{};
  std::vector<Condition> exempt{};  ///< none or one
  WindowSpec window{};
  PartialWindow partial = PartialWindow::any_day;
  bool has_partial = false;
  Condition require{};           ///< unless it only reports
  std::vector<Amount> report{};  ///< the amount of a rule that reports
  std::vector<Grade> grades{};   ///< highest first
  Interval in_force{};
  int line = 0;
};

/// For whom a duty must be answered, or something be filled: names.
struct PackReach {
  bool is_all = false;
  std::vector<std::string> kinds{};
  std::vector<std::string> units{};
  std::vector<std::string> subtrees{};  ///< of these units
  std::string along{};                  ///< the hierarchy of `subtrees`
};

/// What must be filled, and how often (`Need`), by names.
struct PackNeed {
  Need::Type type = Need::Type::holders;
  std::string role{};
  std::string pairing{};
  std::string measure{};
  std::optional<PackReach> reach{};
  std::uint32_t at_least = 1;
  std::optional<std::uint32_t> at_most{};
  std::string clause{};
};

/// Who leads what, as the document says it.
struct PackDuty {
  /// Holders of a role, as the document names them.
  struct Part {
    std::string role{};
    std::vector<std::string> holders{};
  };
  std::string id{};
  std::string clause{};
  Text title{};
  std::vector<std::string> lead{};
  std::vector<std::string> cooperating{};
  std::vector<Part> parts{};         ///< every role, these two included
  std::optional<PackReach> reach{};  ///< nothing: a duty as a whole
  std::string inherited{};           ///< a hierarchy; empty: not
  std::string division{};
  std::string subjects_of{};  ///< a rule whose subjects it is for
  std::vector<PackNeed> needs{};
};

/// A figure that the document states.
struct ReportedFigure {
  std::string id{};
  std::string clause{};
  std::string phrase{};
  Text title{};
  std::string unit{};
  std::string text{};               ///< as it stands there
  std::optional<Fraction> value{};  ///< nothing: unknown
  Fraction step{};                  ///< of the last digit that is stated
  Approximation approximation = Approximation::exact;
};

/// A check of reported figures.
struct FigureCheck {
  std::string id{};
  std::string clause{};
  Text title{};
  Condition require{};
};

/// The whole of a pack.
struct PackModel {
  std::string id{};
  Text title{};
  Text issuer{};
  std::string number{};
  std::string level{};
  std::string source{};
  std::string overlays{};
  Date issued = Date::open_start();
  Interval in_force{};
  Readings readings{};
  std::vector<Scale> scales{};
  std::vector<Parameter> parameters{};  ///< by id
  std::vector<Phase> phases{};
  std::map<std::string, Text> groups{};
  std::vector<PackRule> rules{};
  std::vector<std::string> repeals{};
  std::vector<PackDuty> duties{};
  std::vector<PackNeed> needs{};
  std::vector<ReportedFigure> reported{};
  std::vector<FigureCheck> checks{};
  std::vector<ParameterChange> changes{};  ///< of an overlay

  /// The parameter of an id; nullptr if there is none.
  [[nodiscard]] const Parameter* find_parameter(std::string_view id) const;
  /// The position of a rule; nothing if there is none.
  [[nodiscard]] std::optional<std::uint32_t> find_rule(
      std::string_view id) const;
};

}  // namespace headrope
