// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From words to values. What is not known is a UsageError that lists what is.

#include "headrope/options.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace headrope::tool {
namespace {

template <typename Value, std::size_t count>
Value chosen(const std::array<std::pair<const char*, Value>, count>& list,
             const std::string& word, const char* option) {
  std::string known;
  for (const auto& [name, value] : list) {
    if (word == name) return value;
    known += known.empty() ? name : std::string(", ") + name;
  }
  throw UsageError{std::string(option) + ": '" + word + "' is not one of " +
                   known};
}

MeasureId measure_of(const Snapshot& snapshot, const std::string& name) {
  if (const auto found = snapshot.find_measure(name)) return *found;
  throw UsageError{"--measure: no measure '" + name + "'"};
}

// Reads `attribute=value,value` or `attribute!=value,value`.
AttributeTest test_of(const Snapshot& snapshot, const std::string& text,
                      const char* option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw UsageError{std::string(option) + ": '" + text +
                     "' is not attribute=value,value"};
  }
  AttributeTest test;
  test.none_of = text[equals - 1] == '!';
  const std::string name = text.substr(0, equals - (test.none_of ? 1 : 0));
  const auto attribute = snapshot.find_attribute(name);
  if (!attribute) {
    throw UsageError{std::string(option) + ": no attribute '" + name + "'"};
  }
  test.attribute = *attribute;
  for (std::size_t at = equals + 1; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    test.values.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return test;
}

// A whole or decimal number in the tally's own unit.
std::int64_t threshold_of(const std::string& text, int places) {
  std::string digits = text;
  const std::size_t point = digits.find('.');
  std::size_t given = 0;
  if (point != std::string::npos) {
    given = digits.size() - point - 1;
    digits.erase(point, 1);
  }
  if (given <= static_cast<std::size_t>(places)) {
    digits.append(static_cast<std::size_t>(places) - given, '0');
    std::int64_t value = 0;
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault == std::errc{} && end == digits.data() + digits.size()) {
      return value;
    }
  }
  throw UsageError{"threshold: '" + text + "' is not a number with at most " +
                   std::to_string(places) + " decimals"};
}

int places_of(const Snapshot& snapshot, const Tally& tally) {
  const bool counts = tally.reduction == Reduction::count ||
                      tally.reduction == Reduction::distinct_days;
  return counts ? 0
                : snapshot.measures()[tally.measures.front().value].decimals;
}

Requirement requirement_of(const Options& options, const Snapshot& snapshot,
                           const Tally& tally) {
  const std::array given{std::pair(&options.at_least, Comparison::at_least),
                         std::pair(&options.at_most, Comparison::at_most),
                         std::pair(&options.equal, Comparison::equal)};
  Requirement requirement;
  for (const auto& [text, comparison] : given) {
    if (text->empty()) continue;
    if (requirement.threshold) {
      throw UsageError{
          "give one of --at-least, --at-most and --equal, not several"};
    }
    requirement = {comparison, threshold_of(*text, places_of(snapshot, tally))};
  }
  return requirement;
}

PresenceSet presences_of(const std::vector<std::string>& list) {
  constexpr std::array known{std::pair("present", Presence::present),
                             std::pair("late", Presence::late),
                             std::pair("made_up", Presence::made_up),
                             std::pair("excused", Presence::excused),
                             std::pair("absent", Presence::absent)};
  PresenceSet set;
  for (const std::string& word : list) {
    set.bits |= PresenceSet::of({chosen(known, word, "--attended")}).bits;
  }
  return set;
}

}  // namespace

Date day_of(const std::string& text, const char* option) {
  const auto day = parse_date(text);
  if (!day) throw UsageError{std::string(option) + ": " + day.error().message};
  return *day;
}

Interval range_of(const Options& options, const Snapshot& snapshot) {
  if (options.year != 0) {
    const auto first = make_date(options.year, 1, 1);
    if (!first) throw UsageError{"--year: " + first.error().message};
    return period_of(*first, Period::year);
  }
  Interval range;
  if (!options.from.empty()) {
    range.valid_from = day_of(options.from, "--from");
  }
  range.valid_until = add_days(
      options.to.empty() ? snapshot.as_of() : day_of(options.to, "--to"), 1);
  return range;
}

Language language_of(const Options& options) {
  return options.language == "zh" ? Language::zh : Language::en;
}

Language report_language(const Options& options) {
  return options.language == "en" ? Language::en : Language::zh;
}

CountBasis basis_of(const Options& options) {
  constexpr std::array known{std::pair("primary", CountBasis::primary),
                             std::pair("any", CountBasis::any),
                             std::pair("every", CountBasis::every)};
  return chosen(known, options.basis, "--basis");
}

std::vector<KindId> kinds_of(const Options& options, const Snapshot& snapshot) {
  std::vector<KindId> kinds;
  for (const std::string& name : options.kinds) {
    const auto kind = snapshot.find_kind(name);
    if (!kind) throw UsageError{"--kind: no kind '" + name + "'"};
    kinds.push_back(*kind);
  }
  return kinds;
}

const Forest& forest_of(const Options& options, const Snapshot& snapshot) {
  std::string known;
  for (const Forest& forest : snapshot.forests()) {
    const std::string_view id =
        snapshot.hierarchies()[forest.hierarchy().value].id;
    if (options.hierarchy == id) return forest;
    known += (known.empty() ? "" : ", ") + std::string(id);
  }
  if (options.hierarchy.empty() && snapshot.forests().size() == 1) {
    return snapshot.forests().front();
  }
  throw UsageError{
      "--hierarchy: " +
      (options.hierarchy.empty() ? std::string("one must be named")
                                 : "'" + options.hierarchy + "' is not one") +
      (known.empty() ? "; there are none on that day" : " of " + known)};
}

Shown shown_of(const Options& options, const Snapshot& snapshot,
               const Forest& forest) {
  Shown shown;
  if (options.levels >= 0) {
    shown.levels = static_cast<std::uint32_t>(options.levels);
  }
  if (options.under.empty()) return shown;
  const auto unit = snapshot.find_unit(options.under);
  if (!unit) {
    throw UsageError{"--under: no unit '" + options.under + "' on that day"};
  }
  shown.top = forest.first_place(*unit);
  if (shown.top.is_none()) {
    throw UsageError{"--under: unit '" + options.under +
                     "' is not in that hierarchy"};
  }
  return shown;
}

Tally tally_of(const Options& options, const Snapshot& snapshot) {
  constexpr std::array reductions{
      std::pair("count", Reduction::count),
      std::pair("sum", Reduction::sum),
      std::pair("distinct_days", Reduction::distinct_days),
      std::pair("last", Reduction::last),
      std::pair("least", Reduction::least),
      std::pair("greatest", Reduction::greatest)};
  Tally tally;
  for (const std::string& name : options.measures) {
    tally.measures.push_back(measure_of(snapshot, name));
  }
  if (tally.measures.empty()) throw UsageError{"--measure is needed"};
  tally.reduction = chosen(reductions, options.tally, "--tally");
  if (!options.credit_along.empty()) {
    const Forest* forest = snapshot.find_forest(options.credit_along);
    if (forest == nullptr) {
      throw UsageError{"--credit-along: no hierarchy '" + options.credit_along +
                       "' on that day"};
    }
    tally.credit_along = forest->hierarchy();
  }
  if (!options.attended.empty()) {
    tally.source = Tally::Source::attendance;
    tally.presences = presences_of(options.attended);
  }
  return tally;
}

Rule rule_of(const Options& options, const Snapshot& snapshot) {
  constexpr std::array types{std::pair("units", Subjects::Type::units),
                             std::pair("persons", Subjects::Type::persons)};
  constexpr std::array partials{
      std::pair("full_only", PartialWindow::full_only),
      std::pair("any_day", PartialWindow::any_day),
      std::pair("pro_rata", PartialWindow::pro_rata),
      std::pair("at_end", PartialWindow::at_end)};
  Rule rule;
  rule.id = "command_line";
  rule.subjects.type = chosen(types, options.subjects, "--subjects");
  rule.subjects.kinds = kinds_of(options, snapshot);
  for (const std::string& text : options.where) {
    rule.subjects.attributes.push_back(test_of(snapshot, text, "--where"));
  }
  for (const std::string& text : options.exempt) {
    rule.subjects.exempt.push_back(test_of(snapshot, text, "--exempt"));
  }
  rule.tally = tally_of(options, snapshot);
  rule.period = period_named(options.each, "--each");
  rule.partial = chosen(partials, options.partial, "--partial");
  rule.requirement = requirement_of(options, snapshot, rule.tally);
  return rule;
}

Period period_named(const std::string& word, const char* option) {
  constexpr std::array periods{std::pair("week", Period::week),
                               std::pair("month", Period::month),
                               std::pair("quarter", Period::quarter),
                               std::pair("half_year", Period::half_year),
                               std::pair("year", Period::year),
                               std::pair("whole", Period::whole)};
  return chosen(periods, word, option);
}

RuleQuestion question_of(const Options& options, const Snapshot& snapshot) {
  RuleQuestion question;
  question.range = range_of(options, snapshot);
  if (options.year == 0 && options.from.empty() && options.to.empty()) {
    // The calendar year of the day asked about.
    question.range = period_of(snapshot.as_of(), Period::year);
  }
  question.threads = {options.threads};
  return question;
}

std::size_t rule_at(const Pack& pack, const std::string& id) {
  if (const auto found = pack.find_rule(id)) return *found;
  std::string known;
  for (std::size_t at = 0; at < pack.rule_count(); ++at) {
    known += (known.empty() ? "" : ", ") + std::string(pack.rule(at).id);
  }
  throw UsageError{"--rule: '" + id + "' is not one of " + known};
}

std::size_t only_rule(const Pack& pack, const Options& options) {
  if (options.rules.size() == 1) return rule_at(pack, options.rules.front());
  throw UsageError{"--rule: name one rule; `headrope rules` lists them"};
}

}  // namespace headrope::tool
