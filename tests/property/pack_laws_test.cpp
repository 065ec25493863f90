// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Laws of rule packs that need no oracle: the number of threads, overlays,
// deadlines, comparisons, spectra, coverage, explanations.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/pack_texts.hpp"
#include "support/random_organisation.hpp"
#include "support/random_pack.hpp"
#include <headrope/pack_answers.hpp>

namespace headrope {
namespace {

using testing::CellTexts;
using testing::Frozen;
using testing::PackCase;
using testing::PackOptions;
using testing::texts_of;

template <typename T>
T value_of(Result<T> result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
  return std::move(result).value();
}

/// What every law begins with.
struct Asked {
  PackCase it;
  Frozen frozen;
  PackPointer pack;

  explicit Asked(const PackOptions& options)
      : it(*testing::pack_cases(options)),
        frozen(testing::frozen(it)),
        pack(testing::parsed(it.pack, frozen.registry)) {}

  [[nodiscard]] const Snapshot& snapshot() const { return *frozen.snapshot; }
  [[nodiscard]] RuleAssessment assess(const PackPointer& of, std::size_t rule,
                                      std::uint32_t threads = 1) const {
    return value_of(
        headrope::assess(snapshot(), of, rule, {it.range, true, {threads}}));
  }
  [[nodiscard]] CellTexts texts(const PackPointer& of, std::size_t rule,
                                std::uint32_t threads = 1) const {
    return texts_of(snapshot(), assess(of, rule, threads));
  }
};

PackOptions simple() {
  PackOptions options;
  options.simple_amounts = true;
  return options;
}

TEST_CASE("The number of threads changes no cell", "[pack]") {
  const bool holds = rc::check("pack threads", [] {
    const Asked asked{PackOptions{}};
    for (std::size_t r = 0; r < asked.pack->rule_count(); ++r) {
      const RuleAssessment one = asked.assess(asked.pack, r, 1);
      const RuleAssessment three = asked.assess(asked.pack, r, 3);
      RC_ASSERT(testing::difference(texts_of(asked.snapshot(), one),
                                    texts_of(asked.snapshot(), three)) == "");
      RC_ASSERT(one.subjects == three.subjects);
      RC_ASSERT(one.unmet_from == three.unmet_from);
      RC_ASSERT(one.other_reading == three.other_reading);
      RC_ASSERT(one.reasons == three.reasons);
    }
  });
  REQUIRE(holds);
}

// Of an assessment only the windows that end before a day; as of a day before
// it, all that begin before it.
CellTexts before(const Asked& asked, const PackPointer& pack, std::size_t rule,
                 Date day) {
  const RuleAssessment found = asked.assess(pack, rule);
  CellTexts texts = texts_of(asked.snapshot(), found);
  const bool is_later = day <= asked.it.organisation.as_of;
  for (std::size_t s = 0; s < found.subjects.size(); ++s) {
    std::vector<std::string>& cells = texts[subject_identity(
        asked.snapshot(), found.subject_type, found.subjects[s])];
    for (std::size_t w = 0; w < found.windows.size(); ++w) {
      const Interval& window = found.window(s, w);
      if (is_later ? window.valid_until > day : window.valid_from >= day) {
        cells[w] = "";
      }
    }
    cells.back() = "";  // Over all windows, also later ones.
  }
  return texts;
}

TEST_CASE("A parameter changed from a day on changes nothing before it",
          "[pack]") {
  const bool holds = rc::check("with_parameter", [] {
    const Asked asked{simple()};
    const Date from =
        std::max(*testing::days(), add_days(asked.it.pack.effective, 1));
    const PackPointer changed =
        value_of(with_parameter(asked.pack, "p1", {7, 1}, from));
    testing::plan::Pack changes;
    changes.id = "O";
    changes.effective = from;
    changes.parameters = {{"p1", {{from, Fraction{7, 1}}}}};
    const PackPointer overlay = testing::parsed_overlay(
        asked.it.pack, changes, asked.pack, asked.frozen.registry);
    for (std::size_t r = 0; r < asked.pack->rule_count(); ++r) {
      const CellTexts kept = before(asked, asked.pack, r, from);
      RC_ASSERT(testing::difference(before(asked, changed, r, from), kept) ==
                "");
      RC_ASSERT(testing::difference(before(asked, overlay, r, from), kept) ==
                "");
      RC_ASSERT(testing::difference(asked.texts(changed, r),
                                    asked.texts(overlay, r)) == "");
    }
  });
  REQUIRE(holds);
}

// The status of a cell when the same records are asked about on another day.
Status status_on(PackCase it, std::size_t rule, const std::string& subject,
                 std::size_t window, Date day) {
  it.organisation.as_of = day;
  const Frozen frozen = testing::frozen(it);
  const PackPointer pack = testing::parsed(it.pack, frozen.registry);
  const RuleAssessment found =
      value_of(assess(*frozen.snapshot, pack, rule, {it.range, false, {}}));
  for (std::size_t s = 0; s < found.subjects.size(); ++s) {
    if (subject_identity(*frozen.snapshot, found.subject_type,
                         found.subjects[s]) == subject) {
      return found.statuses.at(found.at(s, window));
    }
  }
  RC_FAIL("no subject any more: " + subject);
}

TEST_CASE("From its deadline on a pending cell cannot be met", "[pack]") {
  const bool holds = rc::check("unmet_from", [] {
    PackOptions options = simple();
    options.any_records = false;
    options.is_static = true;
    options.calendar_only = true;
    const Asked asked(options);
    RC_PRE(!asked.it.pack.repealed);
    for (std::size_t r = 0; r < asked.pack->rule_count(); ++r) {
      const RuleAssessment found = asked.assess(asked.pack, r);
      std::size_t looked_at = 0;
      for (std::size_t s = 0; s < found.subjects.size(); ++s) {
        for (std::size_t w = 0; w < found.windows.size(); ++w) {
          const Date day = found.unmet_from.at(found.at(s, w));
          const bool is_pending =
              found.statuses.at(found.at(s, w)) == Status::pending;
          RC_ASSERT(is_pending || day.is_open());
          if (day.is_open() || ++looked_at > 2) {
            continue;
          }
          const std::string subject = subject_identity(
              asked.snapshot(), found.subject_type, found.subjects[s]);
          RC_LOG() << subject << ' ' << found.window(s, w) << " unmet from "
                   << day << " rule " << r << '\n';
          RC_ASSERT(asked.it.organisation.as_of < day);
          RC_ASSERT(status_on(asked.it, r, subject, w, add_days(day, -1)) ==
                    Status::pending);
          const Status from_it_on = status_on(asked.it, r, subject, w, day);
          RC_ASSERT(from_it_on == Status::unmet ||
                    from_it_on == Status::not_evaluable);
        }
      }
    }
  });
  REQUIRE(holds);
}

using Changes = std::map<std::uint32_t, std::pair<Status, Status>>;

Changes changes_of(const RuleComparison& compared, bool is_mirrored) {
  Changes changes;
  for (const ChangedSubject& change : compared.changed) {
    changes[change.subject] = is_mirrored
                                  ? std::pair(change.after, change.before)
                                  : std::pair(change.before, change.after);
  }
  return changes;
}

Changes changes_between(const RuleAssessment& before,
                        const RuleAssessment& after) {
  Changes changes;
  for (std::size_t s = 0; s < before.subjects.size(); ++s) {
    if (before.overall(s) != after.overall(s)) {
      changes[before.subjects[s]] = {before.overall(s), after.overall(s)};
    }
  }
  return changes;
}

TEST_CASE("Comparing two packs is the difference of their assessments",
          "[pack]") {
  const bool holds = rc::check("compare", [] {
    const Asked asked{simple()};
    const PackPointer changed = value_of(
        with_parameter(asked.pack, "p1", {*testing::below<std::int64_t>(6), 1},
                       asked.it.pack.effective));
    const RuleQuestion question{asked.it.range, false, {}};
    const auto same =
        value_of(compare(asked.snapshot(), asked.pack, asked.pack, question));
    const auto there =
        value_of(compare(asked.snapshot(), asked.pack, changed, question));
    const auto back =
        value_of(compare(asked.snapshot(), changed, asked.pack, question));
    RC_ASSERT(same.size() == asked.pack->rule_count());
    RC_ASSERT(there.size() == same.size());
    RC_ASSERT(back.size() == same.size());
    for (std::size_t r = 0; r < same.size(); ++r) {
      RC_ASSERT(same[r].changed.empty());
      const RuleAssessment before = asked.assess(asked.pack, r);
      const RuleAssessment after = asked.assess(changed, r);
      RC_ASSERT(same[r].unchanged == before.subjects.size());
      RC_ASSERT(before.subjects == after.subjects);
      RC_ASSERT(changes_of(there[r], false) == changes_between(before, after));
      RC_ASSERT(changes_of(back[r], true) == changes_of(there[r], false));
      for (const ChangedSubject& change : there[r].changed) {
        RC_ASSERT((change.transition == Transition::entered) ==
                  (change.after == Status::met));
        RC_ASSERT((change.transition == Transition::fell_out) ==
                  (change.before == Status::met &&
                   change.after != Status::exempt &&
                   change.after != Status::not_in_force &&
                   change.after != Status::not_applicable));
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Each point of a spectrum is an assessment with that threshold",
          "[pack]") {
  const bool holds = rc::check("spectrum", [] {
    PackOptions options = simple();
    options.any_records = false;
    options.is_over = true;
    Asked asked(options);
    testing::plan::Pack pack = asked.it.pack;
    pack.repealed.reset();
    pack.parameters.resize(1);
    pack.rules.resize(1);
    testing::plan::PackRule& rule = pack.rules[0];
    RC_PRE(rule.require.at(0).type == testing::plan::Condition::Type::compare);
    rule.window = {};  // As of the day.
    rule.exempt.clear();
    rule.partial.reset();
    pack.partial.reset();
    testing::plan::Condition& condition = rule.require[0];
    using Sign = testing::plan::Condition::Sign;
    condition.sign =
        condition.sign == Sign::at_most ? Sign::at_most : Sign::at_least;
    condition.is_basically = condition.is_below = false;
    testing::plan::Amount threshold;
    threshold.type = testing::plan::Amount::Type::parameter;
    threshold.name = "p1";
    condition.amounts.at(1) = threshold;
    const PackPointer plain = testing::parsed(pack, asked.frozen.registry);
    const RuleAssessment found = asked.assess(plain, 0);
    const Spectrum points = value_of(spectrum(found));
    for (const SpectrumPoint& point : points.points) {
      const PackPointer with = value_of(
          with_parameter(plain, "p1", point.threshold, pack.effective));
      RC_ASSERT(asked.assess(with, 0).counts().of(Status::met) == point.met);
    }
  });
  REQUIRE(holds);
}

void add(StatusCounts& sum, const StatusCounts& counts) {
  for (std::size_t i = 0; i < status_count; ++i) {
    sum.by_status.at(i) += counts.by_status.at(i);
  }
}

TEST_CASE("Coverage at the roots of a tree is that of all subjects", "[pack]") {
  const bool holds = rc::check("pack coverage", [] {
    const Asked asked{PackOptions{}};
    const Forest* forest = asked.snapshot().find_forest("block");
    const bool has_places = forest != nullptr;
    RC_PRE(has_places);
    for (std::size_t r = 0; r < asked.pack->rule_count(); ++r) {
      const RuleAssessment found = asked.assess(asked.pack, r);
      const Coverage coverage =
          value_of(cover(asked.snapshot(), *forest, found));
      StatusCounts sum = coverage.unplaced;
      for (std::uint32_t p = 0; p < forest->place_count(); ++p) {
        const StatusCounts counts = coverage.at(PlaceIndex{p});
        RC_ASSERT(counts.of(Status::met) <= counts.eligible());
        if (forest->parent(PlaceIndex{p}).is_none()) {
          add(sum, counts);
        }
      }
      RC_ASSERT(sum.by_status == found.counts().by_status);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("The items that an explanation counts make up the value", "[pack]") {
  const bool holds = rc::check("explain", [] {
    PackOptions options = simple();
    options.any_records = false;
    const Asked asked(options);
    for (std::size_t r = 0; r < asked.pack->rule_count(); ++r) {
      const RuleAssessment found = asked.assess(asked.pack, r);
      const auto& rule = asked.it.pack.rules[r];
      using Type = testing::plan::Amount::Type;
      if (found.subjects.empty() || rule.require.empty()) {
        continue;
      }
      const Type type = rule.require[0].amounts.at(0).type;
      const std::string subject = subject_identity(
          asked.snapshot(), found.subject_type, found.subjects[0]);
      const Explanation why =
          value_of(explain(asked.snapshot(), asked.pack, r, subject,
                           {asked.it.range, true, {}}));
      RC_ASSERT(why.overall == found.overall(0));
      RC_ASSERT(why.windows.size() == found.windows.size());
      for (std::size_t w = 0; w < why.windows.size(); ++w) {
        const ExplainedWindow& window = why.windows[w];
        const std::size_t cell = found.at(0, w);
        RC_ASSERT(window.status == found.statuses.at(cell));
        RC_ASSERT(window.unmet_from == found.unmet_from.at(cell));
        if (!window.value || (type != Type::count && type != Type::sum)) {
          continue;
        }
        Fraction sum{};
        for (const ExplainedStep& step : window.steps) {
          for (const ExplainedItem& item : step.items) {
            if (item.verdict == ItemVerdict::counted) {
              sum = *headrope::add(sum, type == Type::count
                                            ? Fraction{1, 1}
                                            : item.value.value_or(Fraction{}));
            }
          }
        }
        RC_LOG() << "rule " << r << " window " << w << '\n';
        RC_ASSERT(sum == *window.value);
      }
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
