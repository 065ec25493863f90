// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What stands in a report: the data of the page against the answers that they
// are made of. The page itself is tested in a browser (tests/report).

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "headrope/load.hpp"
#include "headrope/report.hpp"
#include "page/forest_data.hpp"
#include "unit/packs.hpp"

namespace headrope {
namespace {

using nlohmann::json;
using unit::day;

// The value of a result that must be one.
template <typename Value>
Value taken(Result<Value> result) {
  if (!result) FAIL(result.error().message);
  return *std::move(result);
}

constexpr std::string_view page = "before<!--headrope:data-->after";

// Xincheng in 2013, with its pack.
struct Xincheng {
  Registry registry;
  std::shared_ptr<const Snapshot> snapshot;
  ReportQuestion question;

  Xincheng() : registry(load()) {
    Diagnostics findings;
    snapshot = taken(
        freeze(registry, FreezeOptions{.as_of = day("2013-12-31")}, findings));
    const std::string folder = std::string(HEADROPE_SOURCE_DIR) + "/examples/";
    question.pack =
        taken(load_pack(folder + "pack/pack.yaml", registry, findings));
    question.range = {day("2013-01-01"), day("2014-01-01")};
  }

  static Registry load() {
    Diagnostics findings;
    return taken(load_package(
        std::string(HEADROPE_SOURCE_DIR) + "/examples/xincheng", findings));
  }

  [[nodiscard]] std::string written(const ReportOptions& options = {}) const {
    std::string text;
    const auto done =
        write_report(registry, snapshot, question, options, page,
                     [&](std::string_view piece) { text += piece; });
    if (!done) FAIL(done.error().message);
    return text;
  }
};

// The JSON of every script element, by its id without `data-`.
std::map<std::string, json> scripts_of(const std::string& text) {
  constexpr std::string_view begin =
      "<script type=\"application/json\" id=\"data-";
  constexpr std::string_view end = "</script>";
  std::map<std::string, json> scripts;
  for (std::size_t at = text.find(begin); at != text.npos;
       at = text.find(begin, at)) {
    at += begin.size();
    const std::size_t quote = text.find('"', at);
    const std::size_t close = text.find(end, quote);
    scripts[text.substr(at, quote - at)] =
        json::parse(text.substr(quote + 2, close - quote - 2));
  }
  return scripts;
}

std::vector<std::int64_t> runs(const json& list) {
  std::vector<std::int64_t> values;
  for (const std::int64_t one : list) {
    if (one < 0) {
      values.insert(values.end(), static_cast<std::size_t>(-one),
                    std::int64_t{values.back()});
    } else {
      values.push_back(one);
    }
  }
  return values;
}

std::vector<std::int64_t> rises(const json& list) {
  std::vector<std::int64_t> values;
  std::int64_t last = 0;
  for (std::size_t at = 0; at < list.size(); at += 2) {
    for (std::int64_t run = list[at + 1]; run > 0; --run) {
      values.push_back(last += list[at].get<std::int64_t>());
    }
  }
  return values;
}

}  // namespace

TEST_CASE("The trees of a report have the coverage of every rule") {
  const Xincheng town;
  auto scripts = scripts_of(town.written());
  const RuleQuestion asked{town.question.range, true, {}};
  const auto assessments = taken(assess(*town.snapshot, town.question.pack,
                                        std::vector<std::size_t>{}, asked));
  REQUIRE(scripts["report"]["rules"].size() == assessments.size());
  const auto forests = town.snapshot->forests();
  REQUIRE(scripts["report"]["forests"].size() == forests.size());
  for (std::size_t at = 0; at < forests.size(); ++at) {
    const LevelOrder order(forests[at]);
    const json& block = scripts["f" + std::to_string(at) + "b0"];
    for (std::size_t rule = 0; rule < assessments.size(); ++rule) {
      const Coverage coverage =
          taken(cover(*town.snapshot, forests[at], assessments[rule]));
      for (std::size_t status = 0; status < status_count; ++status) {
        const std::string key = std::to_string(status);
        const json& counts = block["rules"][rule];
        const auto shown = counts.contains(key) ? runs(counts[key])
                                                : std::vector<std::int64_t>(
                                                      order.places().size(), 0);
        REQUIRE(shown.size() == order.places().size());
        for (std::size_t rank = 0; rank < shown.size(); ++rank) {
          CHECK(shown[rank] ==
                coverage.at({order.places()[rank]}).by_status[status]);
        }
      }
    }
  }
}

TEST_CASE("Places of one parent stand together") {
  const Xincheng town;
  for (const Forest& forest : town.snapshot->forests()) {
    const LevelOrder order(forest);
    REQUIRE(order.places().size() == forest.place_count());
    std::size_t child = order.root_count();
    for (std::size_t rank = 0; rank < order.places().size(); ++rank) {
      CHECK(order.rank({order.places()[rank]}) == rank);
      for (std::uint32_t at = 0; at < order.child_counts()[rank]; ++at) {
        CHECK(forest.parent({order.places()[child++]}).value ==
              order.places()[rank]);
      }
    }
    CHECK(child == order.places().size());
  }
}

TEST_CASE("Subjects below a place are one range of a report") {
  const Xincheng town;
  auto scripts = scripts_of(town.written());
  const json& rules = scripts["report"]["rules"];
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    const std::string name = "s" + std::to_string(rule);
    const auto statuses = runs(scripts[name + "b0"]["statuses"]);
    std::vector<std::int64_t> counts(status_count, 0);
    for (const std::int64_t one : statuses) {
      ++counts[static_cast<std::size_t>(one)];
    }
    CHECK(counts == rules[rule]["counts"].get<std::vector<std::int64_t>>());
    for (std::size_t at = 0; at < town.snapshot->forests().size(); ++at) {
      const Forest& forest = town.snapshot->forests()[at];
      const LevelOrder order(forest);
      const json& index = scripts[name + "f" + std::to_string(at)];
      const auto places = rises(index["places"]);
      const auto ranks = rises(index["ranks"]);
      REQUIRE(std::is_sorted(places.begin(), places.end()));
      REQUIRE(ranks.size() == places.size());
      for (std::size_t one = 0; one < places.size(); ++one) {
        CHECK(order.rank({static_cast<std::uint32_t>(places[one])}) ==
              ranks[one]);
      }
      // Every subject is in the hierarchy or counted as outside it.
      std::int64_t outside = 0;
      for (const std::int64_t count : rules[rule]["unplaced"][at]) {
        outside += count;
      }
      CHECK(static_cast<std::int64_t>(places.size()) + outside ==
            static_cast<std::int64_t>(statuses.size()));
    }
  }
}

TEST_CASE("A report explains the unmet first, and so many only") {
  const Xincheng town;
  ReportOptions options;
  options.explanations_max = 12;
  auto scripts = scripts_of(town.written(options));
  std::size_t count = 0;
  for (const auto& [id, told] : scripts) {
    if (id[0] == 'x') ++count;
  }
  // Some rules have fewer subjects than their share.
  CHECK(count == 10);
  const auto statuses = runs(scripts["s1b0"]["statuses"]);
  for (std::size_t row = 0; row < statuses.size(); ++row) {
    if (!scripts.contains("x1-" + std::to_string(row))) continue;
    CHECK(statuses[row] == static_cast<std::int64_t>(Status::unmet));
  }
}

TEST_CASE("Without months a report has no heat map") {
  const Xincheng town;
  ReportOptions options;
  options.months_max = 0;
  CHECK_FALSE(scripts_of(town.written(options)).contains("months"));
  options.months_max = 3;
  CHECK(scripts_of(town.written(options))["months"]["days"] ==
        json({"2013-10-31", "2013-11-30", "2013-12-31"}));
}

TEST_CASE("A report stands in the page at its marker") {
  const Xincheng town;
  const std::string text = town.written();
  CHECK(text.starts_with("before<script"));
  CHECK(text.ends_with("</script>\nafter"));
  const Sink nowhere = [](std::string_view) {};
  const auto refused = write_report(town.registry, town.snapshot, town.question,
                                    {}, "no marker", nowhere);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::invalid_argument);
  const auto without_pack =
      write_report(town.registry, town.snapshot, {}, {}, page, nowhere);
  REQUIRE_FALSE(without_pack);
  CHECK(without_pack.error().code == Code::invalid_argument);
}

TEST_CASE("No text ends the script that it stands in") {
  std::string text;
  const Sink sink = [&](std::string_view piece) { text += piece; };
  write_script(sink, "a",
               [](JsonWriter& json) { json.text("</script><!--\xff<"); });
  CHECK(text ==
        "<script type=\"application/json\" id=\"data-a\">"
        "\"\\u003c/script>\\u003c!--\xEF\xBF\xBD\\u003c\"</script>\n");
}

TEST_CASE("Runs and rises are short") {
  std::string text;
  const Sink sink = [&](std::string_view piece) { text += piece; };
  const std::vector<std::int64_t> values{0, 0, 0, 5, 5, 1};
  const auto value_at = [&](std::size_t at) { return values[at]; };
  write_script(sink, "a", [&](JsonWriter& json) {
    json.array();
    write_runs(json, values.size(), value_at);
    write_rises(json, values.size(), value_at);
    json.end();
  });
  CHECK(text.find("[[0,-2,5,-1,1],[0,3,5,1,0,1,-4,1]]") != text.npos);
}

}  // namespace headrope
