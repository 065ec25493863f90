// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Pictures: what is in them, that texts are escaped and none is lost, and what
// is too large.

#include "headrope/pictures.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "picture/canvas.hpp"
#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::day;
using unit::in_2012;
using unit::one_rule;
using unit::Organisation;

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// A committee with two branches, of which one meets.
struct Town {
  Organisation organisation;
  std::shared_ptr<const Snapshot> snapshot;
  PackPointer pack;

  explicit Town(std::string_view name = "甲支部") {
    organisation.unit("A", {}, "party_committee", "党委");
    organisation.unit("B", {}, "party_branch", name);
    organisation.unit("C", {}, "party_branch", "乙支部");
    organisation.link("B", "A");
    organisation.link("C", "A");
    organisation.record("study_session", "B", "2012-03-01");
    snapshot = organisation.on("2012-12-31");
    pack = one_rule(
        "window: {each: year}, "
        "require: {count: study_session, at_least: 1}");
  }

  [[nodiscard]] const Forest& forest() const {
    return snapshot->forests().front();
  }
  [[nodiscard]] RuleAssessment assessed() const {
    return *assess(*snapshot, pack, 0, in_2012);
  }
};

}  // namespace

TEST_CASE("The tree has a row for each unit, with its counts") {
  const Town town;
  const RuleAssessment assessment = town.assessed();
  const Coverage coverage = *cover(*town.snapshot, town.forest(), assessment);
  const auto svg =
      tree_svg(*town.snapshot, town.forest(), assessment, coverage);
  REQUIRE(svg);
  CHECK(count_of(*svg, ">50.0 %<") == 1);
  CHECK(count_of(*svg, ">1/2<") == 1);
  CHECK(count_of(*svg, ">1/1<") == 1);
  CHECK(count_of(*svg, ">0/1<") == 1);
  CHECK(count_of(*svg, ">甲支部<") == 1);
  DrawOptions options;
  options.rows_max = 2;
  const auto refused =
      tree_svg(*town.snapshot, town.forest(), assessment, coverage, options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::limit_exceeded);
  options.shown.levels = 0;
  const auto top =
      tree_svg(*town.snapshot, town.forest(), assessment, coverage, options);
  REQUIRE(top);
  CHECK(count_of(*top, "支部<") == 0);
}

TEST_CASE("The heat map has the end of each month") {
  const Town town;
  ReportQuestion question;
  question.pack = town.pack;
  question.rules = {0};
  question.range = in_2012.range;
  const auto svg = heatmap_svg(town.organisation.registry, town.snapshot,
                               town.forest(), question);
  REQUIRE(svg);
  CHECK(count_of(*svg, ">2012-") == 12);
  // Two months before the record, ten from it on.
  CHECK(count_of(*svg, ">0/2<") == 2);
  CHECK(count_of(*svg, ">1/2<") == 10);
  question.rules.clear();
  CHECK_FALSE(heatmap_svg(town.organisation.registry, town.snapshot,
                          town.forest(), question));
  question.rules = {0};
  question.range = {day("2014-01-01"), day("2015-01-01")};
  CHECK_FALSE(heatmap_svg(town.organisation.registry, town.snapshot,
                          town.forest(), question));
}

TEST_CASE("The spectrum marks what the rule asks for") {
  const Town town;
  const RuleAssessment assessment = town.assessed();
  const std::string svg =
      spectrum_svg(assessment, *spectrum(assessment), DrawOptions{});
  CHECK(count_of(svg, "<polyline") == 1);
  CHECK(count_of(svg, "stroke-dasharray") == 1);
  CHECK(count_of(svg, ">要求 1<") == 1);
}

TEST_CASE("The chain shows what is vacant, since when, and what hangs on it") {
  Town town;
  town.organisation.post("B/party_secretary", "B", "party_secretary");
  town.snapshot = town.organisation.on("2012-12-31");
  const Responsibility responsibility(town.snapshot);
  ChainQuestion question;
  question.forest = &town.forest();
  const auto chains = follow_chains(responsibility, question);
  REQUIRE(chains);
  const auto svg = chain_svg(*town.snapshot, town.forest(), *chains);
  REQUIRE(svg);
  CHECK(count_of(*svg, ">甲支部<") == 1);
  CHECK(count_of(*svg, ">党委<") == 1);
  CHECK(count_of(*svg, ">乙支部<") == 0);
  CHECK(count_of(*svg, ">空缺") == 2);  // The break, and the legend.
}

TEST_CASE("Texts in pictures are escaped and never cut") {
  const std::string name = "<script>&\"\xE2\x80\xAE" + std::string(200, 'w');
  const Town town(name);
  const RuleAssessment assessment = town.assessed();
  const auto svg = tree_svg(*town.snapshot, town.forest(), assessment,
                            *cover(*town.snapshot, town.forest(), assessment));
  REQUIRE(svg);
  CHECK(svg->find("<script") == svg->npos);
  CHECK(svg->find("\xE2\x80\xAE") == svg->npos);
  CHECK(count_of(*svg, "w") >= 200);
}

TEST_CASE("A picture is as large as what is drawn, with its title above") {
  Canvas canvas;
  canvas.rect({0, 0, 500, 40}, colour::met);
  const std::string svg = canvas.finish(500, 40, "题", "");
  CHECK(svg.find("width=\"536\"") != svg.npos);
  CHECK(svg.find("<title>题</title>") != svg.npos);
}

}  // namespace headrope
