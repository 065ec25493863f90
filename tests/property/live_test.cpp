// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Live figures after any changes against a fresh freeze of the same rows; the
// moments that were taken on the way; what is said to have changed; and the
// Registry that got the same changes.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/live_world.hpp"
#include "support/pack_texts.hpp"
#include "support/random_organisation.hpp"
#include "support/random_pack.hpp"
#include "support/random_rule.hpp"

namespace headrope {
namespace {

using testing::AllNumbers;
using testing::ChangeDraw;
using testing::differing;
using testing::fresh_numbers;
using testing::Frozen;
using testing::LiveWorld;
using testing::Name;
using testing::numbers_of;
using testing::Organisation;

using Freezing = std::function<Frozen(const Organisation&)>;

// A moment and what it said when it was taken.
struct Kept {
  std::shared_ptr<const LiveMoment> moment;
  AllNumbers numbers;
};

// Live figures, the rows they stand for, and all that was said on the way.
class Run {
 public:
  Run(const Organisation& organisation, Freezing freezing,
      const Name& hierarchy, const std::vector<LiveFigure>& figures)
      : freezing_(std::move(freezing)),
        it_(freezing_(organisation)),
        on_(std::min(organisation.as_of, organisation.known_on)),
        world_(organisation, *it_.snapshot, on_),
        hierarchy_(hierarchy),
        figures_(figures),
        live_(made()),
        plain_(made()) {
    place_count_ = live_.forest().place_count();
    numbers_ = *fresh_numbers(it_.snapshot, hierarchy_, figures_);
    first_ = numbers_;
    check_all();
    RC_ASSERT(live_
                  .subscribe([this](const LiveNotice& notice) {
                    told_.emplace_back(
                        notice.sequence,
                        std::vector<PlaceIndex>(notice.places.begin(),
                                                notice.places.end()));
                  })
                  .has_value());
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void make(const std::vector<ChangeDraw>& draws) {
    for (std::size_t at = 0; at < draws.size();) {
      LiveWorld after = world_;
      std::vector<LiveChange> changes;
      bool is_allowed = true;
      do {
        if (const auto change = after.change_of(draws[at])) {
          changes.push_back(*change);
          is_allowed = is_allowed && after.make(*change);
        }
        ++at;
      } while (at < draws.size() && !draws[at - 1].ends_batch && is_allowed);
      make_batch(changes, is_allowed, after);
      // Which moments are held is left to chance.
      if (draws[at - 1].row % 3 == 0) {
        kept_.push_back({live_.moment(), numbers_});
      }
      if (draws[at - 1].row % 7 == 0 && !kept_.empty()) {
        check(kept_[draws[at - 1].unit % kept_.size()]);
        kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(
                                        draws[at - 1].unit % kept_.size()));
      }
    }
    for (const Kept& kept : kept_) check(kept);
    check_changes();
    check_registry();
  }

 private:
  LiveFigures made() const {
    auto live = LiveFigures::make(it_.snapshot, hierarchy_, figures_);
    if (!live) RC_FAIL("refused: " + live.error().message);
    return *std::move(live);
  }

  void make_batch(const std::vector<LiveChange>& changes, bool is_allowed,
                  const LiveWorld& after) {
    const std::uint64_t before = live_.sequence();
    const auto done = apply_to_registry(it_.registry, live_, changes, on_);
    const auto plainly = plain_.apply(changes);
    RC_LOG() << "batch of " << changes.size() << ": "
             << (done ? "made" : done.error().message)
             << "; without a registry "
             << (plainly ? "made" : plainly.error().message) << '\n';
    RC_ASSERT(done.has_value() == plainly.has_value());
    std::optional<AllNumbers> fresh;
    if (is_allowed) {
      fresh = fresh_numbers(freezing_(after.organisation()).snapshot,
                            hierarchy_, figures_);
    }
    if (!fresh) {
      RC_ASSERT(!done.has_value());
      RC_ASSERT((done.error().code == Code::sum_overflow) == is_allowed);
      RC_ASSERT(live_.sequence() == before);
      check_all();
      return;
    }
    if (!done) RC_FAIL("refused: " + done.error().message);
    RC_ASSERT(live_.sequence() == before + (changes.empty() ? 0U : 1U));
    check_told(before, differing(numbers_, *fresh));
    world_ = after;
    numbers_ = *std::move(fresh);
    check_all();
  }

  // Listeners are told, once, and exactly the places that differ.
  void check_told(std::uint64_t before,
                  const std::vector<PlaceIndex>& expected) {
    RC_ASSERT(live_.changed_since(before).places == expected);
    RC_ASSERT(told_.empty() == expected.empty());
    if (!expected.empty()) {
      RC_ASSERT(told_.size() == 1U);
      RC_ASSERT(told_.front().first == before + 1);
      RC_ASSERT(told_.front().second == expected);
    }
    told_.clear();
    history_.push_back(expected);
  }

  void check_all() const {
    RC_ASSERT(numbers_of(*plain_.moment(), figures_, place_count_) == numbers_);
    // Read in place: no moment is held for it.
    for (std::size_t at = 0; at < figures_.size(); ++at) {
      const auto& columns = numbers_[at].columns;
      for (std::uint32_t place = 0; place < place_count_; ++place) {
        if (columns.size() == 1) {
          RC_ASSERT(*live_.value(at, PlaceIndex{place}) == columns[0][place]);
          continue;
        }
        const auto counts = live_.counts(at, PlaceIndex{place});
        for (std::size_t c = 0; c < columns.size(); ++c) {
          RC_ASSERT(counts->by_status.at(c) == columns[c][place]);
        }
      }
    }
  }

  void check(const Kept& kept) const {
    RC_ASSERT(numbers_of(*kept.moment, figures_, place_count_) == kept.numbers);
  }

  // What changed since the beginning is what changed in any batch.
  void check_changes() const {
    std::vector<PlaceIndex> all;
    for (const auto& places : history_) {
      all.insert(all.end(), places.begin(), places.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const LiveChanges changes = live_.changed_since(0);
    RC_ASSERT(!changes.is_everything);
    RC_ASSERT(changes.places == all);
    RC_ASSERT(changes.sequence == live_.sequence());
    const auto differ = differing(first_, numbers_);
    RC_ASSERT(
        std::includes(all.begin(), all.end(), differ.begin(), differ.end()));
  }

  // The Registry that got the same changes freezes to the same figures.
  void check_registry() const {
    Diagnostics findings;
    const auto again = freeze(
        it_.registry,
        {world_.organisation().as_of, world_.organisation().known_on, {}},
        findings);
    RC_ASSERT(again.has_value());
    const auto fresh = fresh_numbers(*again, hierarchy_, figures_);
    RC_ASSERT(fresh.has_value());
    RC_ASSERT(*fresh == numbers_);
  }

  Freezing freezing_;
  Frozen it_;
  Date on_;
  LiveWorld world_;
  Name hierarchy_;
  std::vector<LiveFigure> figures_;
  LiveFigures live_;
  LiveFigures plain_;  // The same changes without a Registry.
  std::size_t place_count_ = 0;
  AllNumbers first_;
  AllNumbers numbers_;
  std::vector<Kept> kept_;
  std::vector<std::pair<std::uint64_t, std::vector<PlaceIndex>>> told_;
  std::vector<std::vector<PlaceIndex>> history_;
};

// A hierarchy of the snapshot; several may have places.
Name some_hierarchy(const Snapshot& snapshot) {
  RC_PRE(!snapshot.forests().empty());
  const std::size_t at =
      *testing::below<std::size_t>(snapshot.forests().size());
  return Name(
      snapshot.hierarchies()[snapshot.forests()[at].hierarchy().value].id);
}

Rule some_rule(Subjects::Type type) {
  Rule rule = *testing::rules(type);
  rule.tally.source = Tally::Source::records;
  return rule;
}

CountBasis some_basis() {
  return *rc::gen::element(CountBasis::primary, CountBasis::any,
                           CountBasis::every);
}

// Figures that the snapshot can give.
std::vector<LiveFigure> some_figures(
    const std::shared_ptr<const Snapshot>& snapshot, const Name& hierarchy) {
  const Tally tally = some_rule(Subjects::Type::persons).tally;
  const std::vector<LiveFigure> wished{
      LiveSums{tally, *testing::windows()},
      LiveCoverage{some_rule(Subjects::Type::units), *testing::windows(),
                   CountBasis::primary},
      LiveCoverage{some_rule(Subjects::Type::persons), *testing::windows(),
                   some_basis()},
      LiveMembers{some_basis()}};
  std::vector<LiveFigure> figures;
  for (const LiveFigure& figure : wished) {
    const LiveFigure one[] = {figure};
    auto live = LiveFigures::make(snapshot, hierarchy, one);
    if (live) {
      figures.push_back(figure);
    } else {
      RC_ASSERT(live.error().code == Code::reduction_refused ||
                live.error().code == Code::sum_overflow);
    }
  }
  RC_PRE(!figures.empty());
  return figures;
}

void try_changes(bool large_values) {
  const Organisation organisation = *testing::organisations({large_values});
  const Frozen it = frozen(organisation);
  const Name hierarchy = some_hierarchy(*it.snapshot);
  Run run(
      organisation, [](const Organisation& rows) { return frozen(rows); },
      hierarchy, some_figures(it.snapshot, hierarchy));
  run.make(*testing::change_draws(large_values));
}

TEST_CASE("Live figures are those of a fresh freeze", "[live]") {
  const bool holds = rc::check("live figures", [] { try_changes(false); });
  REQUIRE(holds);
}

TEST_CASE("Live sums overflow where those of a fresh freeze do", "[live]") {
  const bool holds = rc::check("live overflow", [] { try_changes(true); });
  REQUIRE(holds);
}

TEST_CASE("Live coverage of packs is that of a fresh freeze", "[live]") {
  const bool holds = rc::check("live packs", [] {
    testing::PackOptions options;
    options.any_records = false;
    options.simple_amounts = *rc::gen::arbitrary<bool>();
    const testing::PackCase it = *testing::pack_cases(options);
    RC_PRE(it.range.valid_from <= it.organisation.as_of);
    const Freezing freezing = [&](const Organisation& rows) {
      testing::PackCase other = it;
      other.organisation = rows;
      return frozen(other);
    };
    const Frozen frozen = freezing(it.organisation);
    const PackPointer pack = testing::parsed(it.pack, frozen.registry);
    const Name hierarchy = some_hierarchy(*frozen.snapshot);
    std::vector<LiveFigure> figures;
    for (std::size_t rule = 0; rule < it.pack.rules.size(); ++rule) {
      const LiveFigure one[] = {LivePackCoverage{pack, rule, it.range}};
      const auto live = LiveFigures::make(frozen.snapshot, hierarchy, one);
      if (live) {
        figures.push_back(one[0]);
      } else {
        RC_ASSERT(live.error().code == Code::invalid_argument);
      }
    }
    RC_CLASSIFY(!figures.empty(), "kept");
    RC_PRE(!figures.empty());
    Run run(it.organisation, freezing, hierarchy, figures);
    run.make(*testing::change_draws(false));
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
