// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A snapshot that was saved and opened says what it said before, however it is
// opened, and saving it again gives the same bytes.

#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_organisation.hpp"
#include "support/random_pack.hpp"
#include "support/random_responsibility.hpp"
#include "support/scratch_folder.hpp"
#include "support/snapshot_texts.hpp"
#include <headrope/pack_answers.hpp>
#include <headrope/pack_tables.hpp>
#include <headrope/snapshot_file.hpp>
#include <headrope/table.hpp>

namespace headrope {
namespace {

using testing::Frozen;
using testing::ScratchFolder;
using Opened = std::shared_ptr<const Snapshot>;

void save(const Snapshot& snapshot, const std::filesystem::path& file,
          std::span<const SavedFigure> figures = {}) {
  const auto saved = save_snapshot(snapshot, file, {figures, {}});
  if (!saved) RC_FAIL(saved.error().message);
}

Opened open(const std::filesystem::path& file, const OpenOptions& options) {
  auto opened = open_snapshot(file, options);
  if (!opened) RC_FAIL(opened.error().message);
  return *std::move(opened);
}

// Every way to open a file.
const std::array<OpenOptions, 5> ways{
    OpenOptions{},
    OpenOptions{Verify::as_needed, false, 1, {}},
    OpenOptions{Verify::at_open, true, 1, {}},
    OpenOptions{Verify::as_needed, true, 1, {}},
    OpenOptions{Verify::at_open, false, 3, {}},
};

// Saves, opens in every way, and compares what is said and saved again.
void require_same(const Frozen& it) {
  const ScratchFolder folder;
  const auto file = folder / "a.freeze";
  save(*it.snapshot, file);
  const std::string said = testing::everything(*it.snapshot);
  const std::string answered = testing::answers(it.snapshot);
  for (const OpenOptions& way : ways) {
    const Opened opened = open(file, way);
    if (way.verify == Verify::as_needed) {
      // What is asked for first looks at the parts it needs by itself.
      RC_ASSERT(testing::answers(opened) == answered);
    }
    RC_ASSERT(testing::everything(*opened) == said);
  }
  const Opened opened = open(file, ways.front());
  RC_ASSERT(testing::answers(opened) == answered);
  save(*opened, folder / "b.freeze");
  RC_ASSERT(testing::bytes_of(folder / "b.freeze") == testing::bytes_of(file));
}

TEST_CASE("Organisations are the same from a file", "[snapshot]") {
  const bool holds = rc::check(
      "organisations", [] { require_same(frozen(*testing::organisations())); });
  REQUIRE(holds);
}

TEST_CASE("Responsibility is the same from a file", "[snapshot]") {
  const bool holds = rc::check(
      "answerables", [] { require_same(frozen(*testing::answerables())); });
  REQUIRE(holds);
}

// The answers of all rules of a pack, and the explanations of their subjects.
std::string pack_answers(const Snapshot& snapshot, const PackPointer& pack,
                         const Interval& range) {
  std::string text;
  const Sink sink = [&](std::string_view piece) { text += piece; };
  RuleQuestion question;
  question.range = range;
  question.wants_deadlines = true;
  const auto assessed =
      assess(snapshot, pack, std::span<const std::size_t>{}, question);
  if (!assessed) return assessed.error().message;
  write_csv(pack_table(*assessed, Language::zh), sink);
  write_csv(assessment_table(snapshot, *assessed), sink);
  for (const RuleAssessment& one : *assessed) {
    for (const Forest& forest : snapshot.forests()) {
      const auto coverage = cover(snapshot, forest, one);
      if (coverage) {
        write_csv(coverage_table(snapshot, forest, *coverage, {}), sink);
      }
    }
    for (const std::uint32_t subject : one.subjects) {
      const auto explained = explain(
          snapshot, pack, one.rule,
          subject_identity(snapshot, one.subject_type, subject), question);
      text += explained ? explained->sentence_zh + explained->sentence_en
                        : explained.error().message;
    }
  }
  return text;
}

TEST_CASE("Packs find the same in a file", "[snapshot]") {
  const bool holds = rc::check("packs", [] {
    const testing::PackCase it = *testing::pack_cases();
    const Frozen frozen = testing::frozen(it);
    require_same(frozen);
    const PackPointer pack = testing::parsed(it.pack, frozen.registry);
    const ScratchFolder folder;
    save(*frozen.snapshot, folder / "a.freeze");
    const std::string before = pack_answers(*frozen.snapshot, pack, it.range);
    for (const OpenOptions& way : ways) {
      const Opened opened = open(folder / "a.freeze", way);
      RC_ASSERT(pack_answers(*opened, pack, it.range) == before);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Figures are kept beside a snapshot", "[snapshot]") {
  const bool holds = rc::check("figures", [] {
    const Frozen it = frozen(*testing::organisations());
    const std::size_t count = it.snapshot->unit_count();
    const auto values = *rc::gen::container<std::vector<std::int64_t>>(
        count, rc::gen::arbitrary<std::int64_t>());
    const auto has = *rc::gen::container<std::vector<std::uint8_t>>(
        count, testing::below<std::uint8_t>(2));
    const std::array<SavedFigure, 2> figures{
        SavedFigure{"户数", Date{15'000}, 0, values, has},
        SavedFigure{"all", Date::open_end(), 9, values, {}}};
    const ScratchFolder folder;
    save(*it.snapshot, folder / "a.freeze", figures);
    const std::string bytes = testing::bytes_of(folder / "a.freeze");
    for (const OpenOptions& way : ways) {
      const Opened opened = open(folder / "a.freeze", way);
      RC_ASSERT(opened->saved_figure_count() == 2U);
      std::vector<SavedFigure> found;
      for (std::size_t at = 0; at < 2; ++at) {
        found.push_back(opened->saved_figure(at));
        RC_ASSERT(found[at].name == figures[at].name);
        RC_ASSERT(found[at].day == figures[at].day);
        RC_ASSERT(found[at].decimals == figures[at].decimals);
        RC_ASSERT(std::vector(found[at].values.begin(),
                              found[at].values.end()) == values);
      }
      RC_ASSERT(std::vector(found[0].has_value.begin(),
                            found[0].has_value.end()) == has);
      RC_ASSERT(found[1].has_value.empty());
      save(*opened, folder / "b.freeze", found);
      RC_ASSERT(testing::bytes_of(folder / "b.freeze") == bytes);
    }
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
