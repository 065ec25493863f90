// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/random_rule.hpp"

#include <array>
#include <ostream>
#include <tuple>
#include <utility>
#include <vector>

#include "support/organisation.hpp"
#include "support/random_organisation.hpp"

namespace headrope::testing {
namespace {

// What a rule may tally: measures that may stand together, and the
// reductions that their nature allows for each subject.
struct TallyChoice {
  std::vector<std::uint32_t> measures;
  std::vector<Reduction> reductions;
};

const std::vector<TallyChoice>& tally_choices() {
  using enum Reduction;
  static const std::vector<TallyChoice> choices{
      {{0}, {count, sum, distinct_days, last, least, greatest}},
      {{0, 1}, {count, sum, distinct_days, last, least, greatest}},
      {{2}, {sum, count, distinct_days, last, least, greatest}},
      {{0, 2}, {distinct_days, count}},
      {{3}, {last, least, greatest, count}},
      {{5}, {last, least, greatest}},
  };
  return choices;
}

rc::Gen<Tally> tallies(Subjects::Type type) {
  using Drawn = std::tuple<std::size_t, std::uint32_t, bool, std::uint32_t,
                           std::uint32_t>;
  return rc::gen::map(
      rc::gen::tuple(below<std::size_t>(tally_choices().size()),
                     below<std::uint32_t>(60), rc::gen::arbitrary<bool>(),
                     below<std::uint32_t>(6), below<std::uint32_t>(32)),
      [type](const Drawn& drawn) {
        const auto& [choice, reduction, attends, along, presences] = drawn;
        const TallyChoice& from = tally_choices()[choice];
        Tally tally;
        for (const std::uint32_t measure : from.measures) {
          tally.measures.push_back(MeasureId{measure});
        }
        tally.reduction = from.reductions[reduction % from.reductions.size()];
        if (type == Subjects::Type::units && along < hierarchy_names.size()) {
          tally.credit_along = HierarchyId{along};
        }
        if (type == Subjects::Type::persons && attends) {
          tally.source = Tally::Source::attendance;
          if (presences % 2 == 1) {
            tally.presences.bits = static_cast<std::uint8_t>(presences);
          }
        }
        return tally;
      });
}

rc::Gen<std::vector<AttributeTest>> attribute_tests() {
  using Drawn = std::tuple<std::uint32_t, std::uint32_t, bool>;
  return rc::gen::mapcat(below<int>(8), [](int count) {
    return rc::gen::container<std::vector<AttributeTest>>(
        static_cast<std::size_t>(count > 6 ? 1 : 0),
        rc::gen::map(
            rc::gen::tuple(below<std::uint32_t>(2), below<std::uint32_t>(6),
                           rc::gen::arbitrary<bool>()),
            [](const Drawn& drawn) {
              const auto& [attribute, value, none_of] = drawn;
              AttributeTest test;
              test.attribute = AttributeId{attribute};
              test.values = {attribute_values[value % 3]};
              if (value >= 3) {
                test.values.push_back(attribute_values[(value + 1) % 3]);
              }
              test.none_of = none_of;
              return test;
            }));
  });
}

rc::Gen<std::vector<KindId>> kind_lists() {
  return rc::gen::mapcat(below<int>(8), [](int count) {
    return rc::gen::container<std::vector<KindId>>(
        static_cast<std::size_t>(count > 5 ? count - 5 : 0),
        rc::gen::map(below<std::uint32_t>(5),
                     [](std::uint32_t kind) { return KindId{kind}; }));
  });
}

}  // namespace

rc::Gen<Rule> rules(Subjects::Type type) {
  using Drawn =
      std::tuple<std::vector<KindId>, std::vector<AttributeTest>,
                 std::vector<AttributeTest>, Tally, std::uint32_t,
                 std::uint32_t, std::int64_t, std::uint32_t, Interval>;
  return rc::gen::map(
      rc::gen::tuple(kind_lists(), attribute_tests(), attribute_tests(),
                     tallies(type), below<std::uint32_t>(6),
                     below<std::uint32_t>(5), below<std::int64_t>(12),
                     below<std::uint32_t>(4),
                     rc::gen::oneOf(rc::gen::just(Interval{}), intervals())),
      [type](const Drawn& drawn) {
        const auto& [kinds, attributes, exempt, tally, period, comparison,
                     threshold, partial, in_force] = drawn;
        Rule rule;
        rule.id = "rule";
        rule.subjects = {type, kinds, attributes, exempt};
        rule.tally = tally;
        rule.period = static_cast<Period>(period);
        rule.requirement.comparison =
            comparison < 3 ? Comparison::at_least
                           : static_cast<Comparison>(comparison - 2);
        if (threshold < 11) {
          // Days and counts are small, sums are not.
          rule.requirement.threshold =
              tally.reduction == Reduction::sum ? threshold * 2 : threshold / 2;
        }
        rule.partial = static_cast<PartialWindow>(partial);
        rule.in_force = in_force;
        return rule;
      });
}

}  // namespace headrope::testing

namespace headrope {

std::ostream& operator<<(std::ostream& out, const Rule& rule) {
  const auto print_tests = [&out](const char* what, const auto& tests) {
    for (const AttributeTest& test : tests) {
      out << ' ' << what << ' '
          << testing::attribute_names[test.attribute.value]
          << (test.none_of ? " none of" : " one of");
      for (const std::string& value : test.values) {
        out << ' ' << value;
      }
    }
  };
  out << (rule.subjects.type == Subjects::Type::units ? "units" : "persons");
  for (const KindId kind : rule.subjects.kinds) {
    out << " kind " << testing::kind_names[kind.value];
  }
  print_tests("with", rule.subjects.attributes);
  print_tests("exempt", rule.subjects.exempt);
  out << "; "
      << (rule.tally.source == Tally::Source::records ? "records"
                                                      : "attendance");
  for (const MeasureId measure : rule.tally.measures) {
    out << ' ' << testing::measure_rows[measure.value].id;
  }
  out << " reduction " << static_cast<int>(rule.tally.reduction)
      << " presences " << static_cast<int>(rule.tally.presences.bits);
  if (!rule.tally.credit_along.is_none()) {
    out << " credit along "
        << testing::hierarchy_names[rule.tally.credit_along.value];
  }
  constexpr std::array<const char*, 3> signs{">=", "<=", "=="};
  out << "; period " << static_cast<int>(rule.period) << ' '
      << signs[static_cast<std::size_t>(rule.requirement.comparison)] << ' ';
  if (rule.requirement.threshold) {
    out << *rule.requirement.threshold;
  } else {
    out << "nothing";
  }
  return out << " partial " << static_cast<int>(rule.partial) << " in force "
             << rule.in_force;
}

}  // namespace headrope
