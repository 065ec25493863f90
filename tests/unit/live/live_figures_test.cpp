// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What live figures refuse, what listeners and askers are told, what moments
// keep, and readers beside the writer. That the figures are right is a matter
// of tests/property/live_test.cpp.

#include <atomic>
#include <stdexcept>
#include <thread>

#include "unit/packs.hpp"
#include <headrope/live.hpp>

namespace headrope::unit {
namespace {

// Three offices under one, of which two are under a third: a above b and c, c
// above d.
struct Town {
  Town() {
    for (const char* id : {"a", "b", "c", "d"}) model.unit(id);
    model.link("b", "a");
    model.link("c", "a");
    model.link("d", "c");
    model.member("p", "d", Standing::primary, span_of("2012-01-01", ""));
    model.member("q", "b", Standing::primary, span_of("2012-01-01", ""));
    first = model.record("d", span_of("2013-02-01", "2013-02-02"), 5);
    model.record("b", span_of("2013-03-01", "2013-03-02"), 7);
    snapshot = model.frozen_on("2013-12-31");
  }

  [[nodiscard]] Tally hours() const {
    Tally tally;
    tally.measures = {model.flow};
    tally.reduction = Reduction::sum;
    return tally;
  }
  [[nodiscard]] LiveFigures live(const LiveOptions& options = {}) const {
    const LiveFigure figures[] = {LiveSums{hours(), {}},
                                  LiveMembers{CountBasis::any}};
    auto made = LiveFigures::make(snapshot, "line", figures, options);
    if (!made) FAIL(made.error().message);
    return *std::move(made);
  }
  [[nodiscard]] UnitIndex at(std::string_view unit) const {
    return *snapshot->find_unit(unit);
  }
  [[nodiscard]] PlaceIndex place(std::string_view unit) const {
    return snapshot->find_forest("line")->first_place(at(unit));
  }
  [[nodiscard]] LiveChange add(const LiveFigures& live, std::string_view unit,
                               std::int64_t value) const {
    LiveChange change;
    change.record.id = live.next_record();
    change.record.measure = model.flow;
    change.record.unit = at(unit);
    change.record.value = value;
    change.record.valid = span_of("2013-05-01", "2013-05-02");
    return change;
  }
  [[nodiscard]] LiveChange move(LiveChange::Type type, std::uint32_t person,
                                std::string_view unit,
                                Standing standing = Standing::primary) const {
    LiveChange change;
    change.type = type;
    change.person = PersonId{person};
    change.unit = at(unit);
    change.standing = standing;
    return change;
  }

  Model model;
  RecordId first;
  std::shared_ptr<const Snapshot> snapshot;
};

Result<std::uint64_t> one(LiveFigures& live, const LiveChange& change) {
  return live.apply(std::span(&change, 1));
}

Code code_of(const Result<std::uint64_t>& done) {
  REQUIRE_FALSE(done);
  return done.error().code;
}

TEST_CASE("A record counts at its unit and all above", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  CHECK(*live.value(0, town.place("a")) == 12);
  REQUIRE(one(live, town.add(live, "d", 30)));
  CHECK(*live.value(0, town.place("d")) == 35);
  CHECK(*live.value(0, town.place("c")) == 35);
  CHECK(*live.value(0, town.place("b")) == 7);
  CHECK(*live.value(0, town.place("a")) == 42);
  CHECK(live.changed_since(0).places ==
        std::vector<PlaceIndex>{town.place("a"), town.place("c"),
                                town.place("d")});
}

TEST_CASE("Moving a member is a leave and a join in one batch", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  const LiveChange changes[] = {town.move(LiveChange::Type::leave, 0, "d"),
                                town.move(LiveChange::Type::join, 0, "b")};
  REQUIRE(live.apply(changes));
  CHECK(*live.value(1, town.place("b")) == 2);
  CHECK(*live.value(1, town.place("c")) == 0);
  CHECK(*live.value(1, town.place("a")) == 2);
  // At the top nothing has changed.
  CHECK(live.changed_since(0).places ==
        std::vector<PlaceIndex>{town.place("b"), town.place("c"),
                                town.place("d")});
}

TEST_CASE("A person who came since may join", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  REQUIRE(one(live, town.move(LiveChange::Type::join, 2, "c")));
  CHECK(*live.value(1, town.place("c")) == 2);
  REQUIRE(one(live, town.move(LiveChange::Type::leave, 2, "c")));
  CHECK(*live.value(1, town.place("c")) == 1);
}

TEST_CASE("A moment stays what it was, and outlives the figures", "[live]") {
  const Town town;
  std::shared_ptr<const LiveMoment> before;
  std::shared_ptr<const LiveMoment> after;
  {
    LiveFigures live = town.live();
    before = live.moment();
    CHECK(before == live.moment());
    REQUIRE(one(live, town.add(live, "b", 100)));
    after = live.moment();
    CHECK(before != after);
    REQUIRE(one(live, town.add(live, "b", 1000)));
  }
  CHECK(*before->value(0, town.place("a")) == 12);
  CHECK(*after->value(0, town.place("a")) == 112);
  CHECK(before->sequence() == 0);
  CHECK(after->sequence() == 1);
}

TEST_CASE("Pages that no moment sees are used again", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  const auto kept = live.moment();
  std::size_t bytes = 0;
  for (int round = 0; round < 500; ++round) {
    const auto moment = live.moment();
    // The same record comes and goes, so that the rows do not grow.
    REQUIRE(one(live, town.move(LiveChange::Type::leave, 0, "d")));
    REQUIRE(one(live, town.move(LiveChange::Type::join, 0, "d")));
    if (round == 100) bytes = live.byte_count();
  }
  // Of each batch the ring remembers a few bytes, and no page is added.
  CHECK(live.byte_count() < bytes + 800 * 2 * 16 + 1);
  CHECK(*kept->value(1, town.place("a")) == 2);
}

TEST_CASE("What is wrong with a change is said, and nothing changes",
          "[live]") {
  const Town town;
  LiveFigures live = town.live();
  const LiveChange good = town.add(live, "d", 1);
  LiveChange bad = good;
  SECTION("measure") {
    bad.record.measure = MeasureId{1};
    CHECK(code_of(one(live, bad)) == Code::measure_unknown);
  }
  SECTION("unit") {
    bad.record.unit = UnitIndex{4};
    CHECK(code_of(one(live, bad)) == Code::unit_unknown);
    CHECK(code_of(one(live, [&] {
            LiveChange change = town.move(LiveChange::Type::join, 0, "a");
            change.unit = {};
            return change;
          }())) == Code::unit_unknown);
  }
  SECTION("subject") {
    bad.record.unit = {};
    CHECK(code_of(one(live, bad)) == Code::subject_missing);
  }
  SECTION("days") {
    bad.record.valid = {};
    CHECK(code_of(one(live, bad)) == Code::value_missing);
    bad.record.valid = span_of("2013-05-02", "2013-05-02");
    CHECK(code_of(one(live, bad)) == Code::interval_reversed);
    bad.record.valid = {Date{-300'000}, Date{0}};
    CHECK(code_of(one(live, bad)) == Code::value_out_of_range);
  }
  SECTION("id") {
    bad.record.id = town.first;
    CHECK(code_of(one(live, bad)) == Code::identity_repeated);
    bad.record.id = {};
    CHECK(code_of(one(live, bad)) == Code::record_unknown);
    bad.type = LiveChange::Type::withdraw_record;
    bad.record.id = live.next_record();
    CHECK(code_of(one(live, bad)) == Code::record_unknown);
    bad.record.id = town.first;
    bad.record.unit = town.at("b");
    CHECK(code_of(one(live, bad)) == Code::record_unknown);
  }
  SECTION("membership") {
    using Type = LiveChange::Type;
    CHECK(code_of(one(live, town.move(Type::join, 0, "d"))) ==
          Code::memberships_overlap);
    CHECK(code_of(one(live, town.move(Type::join, 0, "a"))) ==
          Code::primary_memberships_overlap);
    CHECK(code_of(one(live, town.move(Type::leave, 0, "a"))) ==
          Code::not_found);
    CHECK(code_of(one(live, town.move(Type::join, PersonId::none_value,
                                      "a"))) == Code::person_unknown);
  }
  SECTION("the second of two") {
    LiveChange second = town.add(live, "d", 2);
    const LiveChange changes[] = {good, second};
    const auto done = live.apply(changes);
    CHECK(code_of(done) == Code::identity_repeated);
    CHECK(done.error().message.starts_with("change 2: "));
  }
  SECTION("overflow") {
    bad.record.value = std::numeric_limits<std::int64_t>::max();
    CHECK(code_of(one(live, bad)) == Code::sum_overflow);
    bad.record.value -= 12;
    REQUIRE(one(live, bad));
    bad.type = LiveChange::Type::withdraw_record;
    REQUIRE(one(live, bad));
    CHECK(*live.value(0, town.place("a")) == 12);
    return;
  }
  CHECK(live.sequence() == 0);
  CHECK(*live.value(0, town.place("a")) == 12);
  CHECK(live.changed_since(0).places.empty());
  REQUIRE(one(live, good));
}

TEST_CASE("What is gone cannot go again", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  LiveChange change = town.add(live, "d", 1);
  REQUIRE(one(live, change));
  change.type = LiveChange::Type::withdraw_record;
  REQUIRE(one(live, change));
  CHECK(code_of(one(live, change)) == Code::record_unknown);
  change.type = LiveChange::Type::add_record;
  CHECK(code_of(one(live, change)) == Code::identity_repeated);
  change.type = LiveChange::Type::withdraw_record;
  change.record.id = town.first;
  REQUIRE(one(live, change));
  CHECK(code_of(one(live, change)) == Code::record_unknown);
  CHECK(*live.value(0, town.place("a")) == 7);
}

TEST_CASE("Only so many changes are taken, and only so many remembered",
          "[live]") {
  const Town town;
  LiveOptions options;
  options.changes_max = 2;
  options.remembered_max = 3;
  LiveFigures live = town.live(options);
  REQUIRE(one(live, town.add(live, "d", 1)));  // Three places.
  CHECK_FALSE(live.changed_since(0).is_everything);
  REQUIRE(one(live, town.add(live, "b", 1)));  // Two more.
  CHECK(live.changed_since(0).is_everything);
  CHECK(live.changed_since(0).places.empty());
  CHECK(live.changed_since(1).places.size() == 2);
  CHECK(live.changed_since(2).places.empty());
  CHECK(live.changed_since(9).places.empty());
  CHECK(code_of(one(live, town.add(live, "d", 1))) == Code::limit_exceeded);
}

TEST_CASE("Listeners are told what changed, may read, and may not write",
          "[live]") {
  const Town town;
  LiveFigures live = town.live();
  std::vector<std::uint64_t> told;
  const auto number = live.subscribe([&](const LiveNotice& notice) {
    told.push_back(notice.sequence);
    CHECK(notice.places.size() == 2);
    CHECK(*live.value(0, town.place("a")) == 13);
    CHECK(live.moment()->sequence() == notice.sequence);
    CHECK(code_of(one(live, town.add(live, "a", 1))) == Code::invalid_argument);
    CHECK(code_of(live.subscribe([](const LiveNotice&) {})) ==
          Code::invalid_argument);
    CHECK_FALSE(live.unsubscribe(1));
  });
  REQUIRE(number);
  REQUIRE(one(live, town.add(live, "b", 1)));
  CHECK(told == std::vector<std::uint64_t>{1});
  // A record of no window changes nothing, and nobody is told.
  REQUIRE(live.apply({}));
  CHECK(told.size() == 1);
  REQUIRE(live.unsubscribe(*number));
  CHECK(live.unsubscribe(*number).error().code == Code::not_found);
  REQUIRE(one(live, town.add(live, "b", 1)));
  CHECK(told.size() == 1);
  CHECK(code_of(live.subscribe({})) == Code::invalid_argument);
}

TEST_CASE("A listener that throws is not told again; the batch stands",
          "[live]") {
  const Town town;
  LiveFigures live = town.live();
  int calls = 0;
  REQUIRE(live.subscribe([&](const LiveNotice&) {
    ++calls;
    throw std::runtime_error("no");
  }));
  REQUIRE(one(live, town.add(live, "b", 1)));
  REQUIRE(one(live, town.add(live, "b", 1)));
  CHECK(calls == 1);
  CHECK(*live.value(0, town.place("b")) == 9);
}

TEST_CASE("What cannot be kept is refused when figures are made", "[live]") {
  const Town town;
  const auto refused = [&](const LiveFigure& figure,
                           std::string_view hierarchy = "line") {
    const auto made =
        LiveFigures::make(town.snapshot, hierarchy, std::span(&figure, 1));
    REQUIRE_FALSE(made);
    return made.error().code;
  };
  CHECK(refused(LiveMembers{}, "other") == Code::hierarchy_unknown);
  CHECK(refused(LiveSums{}) == Code::rule_invalid);
  CHECK(refused(LiveMembers{static_cast<CountBasis>(3)}) ==
        Code::invalid_argument);
  Rule rule;
  rule.subjects.type = Subjects::Type::persons;
  rule.tally = town.hours();
  rule.tally.source = Tally::Source::attendance;
  CHECK(refused(LiveCoverage{rule, {}, CountBasis::any}) ==
        Code::invalid_argument);
  CHECK(refused(LivePackCoverage{}) == Code::invalid_argument);
  CHECK_FALSE(LiveFigures::make(town.snapshot, "line", {}));
  CHECK_FALSE(LiveFigures::make(nullptr, "line", {}));
}

TEST_CASE("A figure is asked for as what it is", "[live]") {
  const Town town;
  const LiveFigures live = town.live();
  const auto moment = live.moment();
  CHECK_FALSE(live.value(2, PlaceIndex{0}));
  CHECK_FALSE(live.value(0, PlaceIndex{4}));
  CHECK_FALSE(live.counts(0, PlaceIndex{0}));
  CHECK_FALSE(moment->value(2, PlaceIndex{0}));
  CHECK_FALSE(moment->value(0, PlaceIndex{}));
  CHECK_FALSE(moment->coverage(0));
  CHECK_FALSE(moment->unplaced(1));
  std::vector<std::int64_t> values(3);
  CHECK_FALSE(moment->values_into(0, values));
  values.resize(4);
  CHECK_FALSE(moment->counts_into(0, Status::met, values));
}

TEST_CASE("A rule of a pack that looks at others is not kept", "[live]") {
  Organisation town;
  town.unit("a");
  town.unit("b");
  town.link("b", "a");
  const auto snapshot = town.on("2013-12-31");
  const auto refusal = [&](std::string_view records) {
    const PackPointer pack =
        one_rule("window: {each: year}, require: {count: {" +
                 std::string(records) + "}, at_least: 1}");
    const LiveFigure figure =
        LivePackCoverage{pack, 0, span_of("2013-01-01", "2014-01-01")};
    const auto made =
        LiveFigures::make(snapshot, "party", std::span(&figure, 1));
    return made ? std::string() : made.error().message;
  };
  CHECK(refusal("records: [study_session]").empty());
  CHECK(refusal("records: [study_session], of: below, along: party") ==
        "figure 0: rule 'R1' is not kept live: it looks at records that are "
        "not the subject's own");
  CHECK(refusal("records: [study_session], credited: party").empty());
  CHECK(refusal("members: own") ==
        "figure 0: rule 'R1' is not kept live: it asks for members");
}

TEST_CASE("The Registry gets the same changes, or none", "[live]") {
  Town town;
  LiveFigures live = town.live();
  const Date on = day("2013-12-01");
  const LiveChange changes[] = {town.add(live, "d", 30),
                                town.move(LiveChange::Type::leave, 0, "d"),
                                town.move(LiveChange::Type::join, 0, "b")};
  const auto added = apply_to_registry(town.model.registry, live, changes, on);
  REQUIRE(added);
  CHECK(*added == std::vector<RecordId>{{2}});
  CHECK(town.model.registry.records().size() == 3);
  CHECK(town.model.registry.memberships().back().valid.valid_from == on);
  const auto again = town.model.frozen_on("2013-12-31");
  CHECK(again->members(*again->find_unit("b"), Standing::primary).size() == 2);

  // What began on the day cannot end on it, and takes the record back with it.
  const LiveChange refused[] = {town.add(live, "d", 1),
                                town.move(LiveChange::Type::leave, 0, "b")};
  const auto done = apply_to_registry(town.model.registry, live, refused, on);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == Code::value_out_of_range);
  CHECK(town.model.registry.records().size() == 3);
  CHECK(*live.value(0, town.place("a")) == 42);
  CHECK_FALSE(
      apply_to_registry(town.model.registry, live, changes, day("2014-01-01")));
  Registry other;
  CHECK_FALSE(apply_to_registry(other, live, changes, on));
}

TEST_CASE("Readers keep their moments while the writer goes on", "[live]") {
  const Town town;
  LiveFigures live = town.live();
  std::atomic<bool> is_over = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.emplace_back([&] {
      std::vector<std::shared_ptr<const LiveMoment>> held;
      while (!is_over.load()) {
        held.push_back(live.moment());
        // Whatever a moment is of, parts and whole agree, and each record
        // added 1.
        for (const auto& moment : held) {
          const std::int64_t all = *moment->value(0, town.place("a"));
          const std::int64_t parts = *moment->value(0, town.place("b")) +
                                     *moment->value(0, town.place("c"));
          const auto expected =
              12 + static_cast<std::int64_t>(moment->sequence());
          if (all != parts || all != expected) ++wrong;
        }
        if (held.size() > 5) held.erase(held.begin(), held.begin() + 3);
        static_cast<void>(live.changed_since(held.back()->sequence()));
      }
    });
  }
  for (int round = 0; round < 3000; ++round) {
    REQUIRE(one(live, town.add(live, round % 2 == 0 ? "b" : "d", 1)));
  }
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
  CHECK(*live.value(0, town.place("a")) == 3012);
}

}  // namespace
}  // namespace headrope::unit
