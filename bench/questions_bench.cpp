// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The questions that bench/peers asks other engines too, from the raw rows: the
// sum of records at every node, coverage of a threshold at every node,
// different persons at every node, the sum at one node by its identity. The
// plain passes, which mark the limit, read arrays whose rows hold places of the
// pre-order already. Boost.Graph goes through a compressed graph depth first;
// CRoaring unites bitmaps of persons upwards. --only-write leaves the rows as
// arrays and the answers in a folder, for the other engines.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <unordered_map>

#include <benchmark/benchmark.h>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <fmt/format.h>

#include "headrope/answers.hpp"
#include "headrope/unit_finder.hpp"
#include "support/ratios.hpp"
#include "support/roaring.hpp"

namespace headrope::bench {
namespace {

namespace fs = std::filesystem;
using Numbers = std::vector<std::int64_t>;

constexpr std::int64_t threshold = 12;

// The answers, by unit.
struct Answers {
  Numbers sums, eligible, met, persons;
  friend bool operator==(const Answers&, const Answers&) = default;
};

// What the plain passes read: everything by place of the pre-order.
struct Plain {
  std::vector<std::uint32_t> parent;
  std::vector<std::uint16_t> depth;
  std::size_t depth_max = 0;
  std::vector<std::uint8_t> is_group;
  std::vector<std::uint32_t> record_place;
  std::vector<std::uint32_t> member_begin, member_person;
  std::size_t person_count = 0;
  std::vector<std::uint32_t> place_of_unit;
};

// Adds up from the end, with one sum for each depth.
void add_by_depth(const Plain& plain, Numbers& sums) {
  Numbers pending(plain.depth_max + 2);
  for (std::size_t at = sums.size(); at-- > 0;) {
    const std::size_t depth = plain.depth[at];
    const std::int64_t sum = sums[at] + pending[depth + 1];
    pending[depth + 1] = 0;
    pending[depth] += sum;
    sums[at] = sum;
  }
}

Numbers own_sums(const Plain& plain, const NationalArrays& rows) {
  Numbers sums(plain.parent.size());
  for (std::size_t row = 0; row < rows.record_value.size(); ++row) {
    sums[plain.record_place[row]] += rows.record_value[row];
  }
  return sums;
}

Numbers plain_sums(const Plain& plain, const NationalArrays& rows) {
  Numbers sums = own_sums(plain, rows);
  add_by_depth(plain, sums);
  return sums;
}

std::pair<Numbers, Numbers> plain_coverage(const Plain& plain,
                                           const NationalArrays& rows) {
  Numbers eligible(plain.parent.size());
  Numbers met = own_sums(plain, rows);
  Numbers eligible_below(plain.depth_max + 2);
  Numbers met_below(plain.depth_max + 2);
  for (std::size_t at = met.size(); at-- > 0;) {
    const std::size_t depth = plain.depth[at];
    const std::int64_t is_eligible = plain.is_group[at];
    eligible[at] = is_eligible + std::exchange(eligible_below[depth + 1], 0);
    met[at] = (met[at] >= threshold ? is_eligible : 0) +
              std::exchange(met_below[depth + 1], 0);
    eligible_below[depth] += eligible[at];
    met_below[depth] += met[at];
  }
  return {std::move(eligible), std::move(met)};
}

// One for each membership, less one at the lowest node above it and the
// person's membership before it.
Numbers plain_persons(const Plain& plain) {
  constexpr std::uint32_t none = NationalArrays::no_parent;
  Numbers counts(plain.parent.size());
  std::vector<std::uint32_t> last(plain.person_count, none);
  for (std::uint32_t at = 0; at < counts.size(); ++at) {
    const std::uint32_t end = plain.member_begin[at + 1];
    counts[at] += end - plain.member_begin[at];
    for (std::uint32_t row = plain.member_begin[at]; row < end; ++row) {
      const std::uint32_t before =
          std::exchange(last[plain.member_person[row]], at);
      if (before == none) continue;
      std::uint32_t meet = at;
      while (meet != none && meet > before) meet = plain.parent[meet];
      if (meet != none) --counts[meet];
    }
  }
  add_by_depth(plain, counts);
  return counts;
}

using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                       boost::no_property, boost::no_property,
                                       std::uint32_t, std::uint32_t>;

Graph graph_of(const NationalArrays& rows) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t unit = 0; unit < rows.parent.size(); ++unit) {
    if (rows.parent[unit] != NationalArrays::no_parent) {
      edges.emplace_back(rows.parent[unit], unit);
    }
  }
  return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(),
          static_cast<std::uint32_t>(rows.parent.size())};
}

// Adds what is below each unit to it when it is left.
template <std::size_t count>
class AddUp : public boost::dfs_visitor<> {
 public:
  explicit AddUp(std::array<Numbers*, count> sums) : sums_(sums) {}
  template <typename Edge>
  void finish_edge(Edge edge, const Graph& graph) {
    for (Numbers* const sums : sums_) {
      (*sums)[source(edge, graph)] += (*sums)[target(edge, graph)];
    }
  }

 private:
  std::array<Numbers*, count> sums_;
};

template <std::size_t count>
void add_along(const Graph& graph, std::array<Numbers*, count> sums,
               std::uint32_t root) {
  std::vector<boost::default_color_type> colors(num_vertices(graph));
  boost::depth_first_visit(
      graph, root, AddUp<count>(sums),
      boost::make_iterator_property_map(colors.begin(),
                                        get(boost::vertex_index, graph)));
}

Numbers graph_own_sums(const NationalArrays& rows) {
  Numbers sums(rows.parent.size());
  for (std::size_t row = 0; row < rows.record_value.size(); ++row) {
    sums[rows.record_unit[row]] += rows.record_value[row];
  }
  return sums;
}

std::uint32_t root_of(const NationalArrays& rows) {
  return static_cast<std::uint32_t>(std::find(rows.parent.begin(),
                                              rows.parent.end(),
                                              NationalArrays::no_parent) -
                                    rows.parent.begin());
}

Numbers graph_sums(const Graph& graph, const NationalArrays& rows) {
  Numbers sums = graph_own_sums(rows);
  add_along<1>(graph, {&sums}, root_of(rows));
  return sums;
}

std::pair<Numbers, Numbers> graph_coverage(const Graph& graph,
                                           const NationalArrays& rows) {
  Numbers met = graph_own_sums(rows);
  Numbers eligible(met.size());
  for (std::size_t unit = 0; unit < met.size(); ++unit) {
    eligible[unit] = rows.is_group[unit];
    met[unit] = met[unit] >= threshold ? eligible[unit] : 0;
  }
  add_along<2>(graph, {&eligible, &met}, root_of(rows));
  return {std::move(eligible), std::move(met)};
}

// The snapshot's answers, and what they are asked with.
class Asked {
 public:
  Asked(const National& national, const NationalArrays& rows)
      : snapshot_(frozen(national)),
        forest_(*snapshot_->find_forest("administrative")) {
    for (std::uint32_t unit = 0; unit < national.unit_count(); ++unit) {
      const auto found = snapshot_->find_unit(national.identity(unit));
      if (!found) give_up("a unit is missing");
      index_of_unit_.push_back(found->value);
    }
    is_group_.resize(rows.is_group.size());
    for (std::size_t unit = 0; unit < is_group_.size(); ++unit) {
      is_group_[index_of_unit_[unit]] = rows.is_group[unit];
    }
  }

  [[nodiscard]] const Forest& forest() const { return forest_; }
  [[nodiscard]] std::uint32_t index(std::uint32_t unit) const {
    return index_of_unit_[unit];
  }

  // The measures are not measured alike, so each is tallied by itself.
  [[nodiscard]] Numbers own(Threads threads) const {
    Numbers sums(snapshot_->unit_count());
    for (const std::string_view measure : National::record_measures()) {
      Tally tally;
      tally.measures = {*snapshot_->find_measure(measure)};
      tally.reduction = Reduction::sum;
      if (auto done = add_tally(*snapshot_, tally, {}, sums, threads); !done) {
        give_up(done.error().message);
      }
    }
    return sums;
  }
  [[nodiscard]] Numbers sums(Threads threads) const {
    return value_of(roll_up(forest_, own(threads), threads));
  }
  [[nodiscard]] ThresholdCoverage coverage(Threads threads) const {
    return value_of(
        cover_threshold(forest_, own(threads), is_group_, threshold, threads));
  }
  [[nodiscard]] Numbers persons(Threads threads) const {
    return count_members(*snapshot_, forest_, CountBasis::any, threads);
  }
  [[nodiscard]] SubtreeSums subtree_sums() const {
    return value_of(SubtreeSums::make(snapshot_, forest_, own({1})));
  }
  [[nodiscard]] UnitFinder finder() const {
    return UnitFinder::make(snapshot_);
  }

  // By place, put in the order of the units.
  template <typename Column>
  [[nodiscard]] Numbers by_unit(const Column& column) const {
    Numbers numbers;
    numbers.reserve(index_of_unit_.size());
    for (const std::uint32_t index : index_of_unit_) {
      numbers.push_back(column[forest_.first_place({index}).value]);
    }
    return numbers;
  }

  [[nodiscard]] Answers answers() const {
    const ThresholdCoverage covered = coverage({});
    return {by_unit(sums({})), by_unit(covered.eligible), by_unit(covered.met),
            by_unit(persons({}))};
  }

 private:
  static std::shared_ptr<const Snapshot> frozen(const National& national) {
    const Registry registry = national.registry({true, true});
    Diagnostics findings;
    return value_of(freeze(registry,
                           {value_of(make_date(2025, 12, 31)), latest_day, {}},
                           findings));
  }

  std::shared_ptr<const Snapshot> snapshot_;
  const Forest& forest_;
  std::vector<std::uint32_t> index_of_unit_;
  std::vector<std::uint8_t> is_group_;
};

Plain plain_of(const Asked& asked, const NationalArrays& rows,
               std::size_t person_count) {
  const Forest& forest = asked.forest();
  Plain plain;
  plain.person_count = person_count;
  plain.parent.assign(forest.parent_column().begin(),
                      forest.parent_column().end());
  plain.depth.assign(forest.depth_column().begin(),
                     forest.depth_column().end());
  plain.depth_max = forest.depth_max();
  plain.is_group.resize(plain.parent.size());
  for (std::uint32_t unit = 0; unit < rows.parent.size(); ++unit) {
    const std::uint32_t place = forest.first_place({asked.index(unit)}).value;
    plain.place_of_unit.push_back(place);
    plain.is_group[place] = rows.is_group[unit];
  }
  for (const std::uint32_t unit : rows.record_unit) {
    plain.record_place.push_back(plain.place_of_unit[unit]);
  }
  plain.member_begin.resize(plain.parent.size() + 1);
  for (const std::uint32_t unit : rows.member_unit) {
    ++plain.member_begin[plain.place_of_unit[unit] + 1];
  }
  std::partial_sum(plain.member_begin.begin(), plain.member_begin.end(),
                   plain.member_begin.begin());
  plain.member_person.resize(rows.member_person.size());
  std::vector<std::uint32_t> next(plain.member_begin.begin(),
                                  plain.member_begin.end() - 1);
  for (std::size_t row = 0; row < rows.member_unit.size(); ++row) {
    plain.member_person[next[plain.place_of_unit[rows.member_unit[row]]]++] =
        rows.member_person[row];
  }
  return plain;
}

void write_column(const fs::path& file, const void* data, std::size_t bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(static_cast<const char*>(data),
            static_cast<std::streamsize>(bytes));
  if (!out.flush()) give_up("cannot write " + file.string());
}
template <typename Value>
void write_column(const fs::path& file, const std::vector<Value>& values) {
  write_column(file, values.data(), values.size() * sizeof(Value));
}

void write_all(const fs::path& folder, const National& national,
               const NationalArrays& rows, const Plain& plain,
               const Answers& answers) {
  if (!national.write(folder)) give_up("cannot write " + folder.string());
  write_column(folder / "parent.u32", rows.parent);
  write_column(folder / "is_group.u8", rows.is_group);
  write_column(folder / "record_unit.u32", rows.record_unit);
  write_column(folder / "record_value.u32", rows.record_value);
  write_column(folder / "member_person.u32", rows.member_person);
  write_column(folder / "member_unit.u32", rows.member_unit);
  write_column(folder / "place.u32", plain.place_of_unit);
  write_column(folder / "depth_of_place.u16", plain.depth);
  write_column(folder / "sums.i64", answers.sums);
  write_column(folder / "eligible.i64", answers.eligible);
  write_column(folder / "met.i64", answers.met);
  write_column(folder / "persons.i64", answers.persons);
}

// How long single look-ups take: the median and the 99th of a hundred.
struct LookUps {
  double half = 0, most = 0;
};

template <typename LookUp>
LookUps look_up(const std::vector<std::string>& identities,
                const Numbers& expected, const LookUp& find) {
  std::vector<double> seconds;
  for (std::size_t at = 0; at < identities.size(); ++at) {
    const auto begin = std::chrono::steady_clock::now();
    const std::int64_t sum = find(identities[at]);
    const auto end = std::chrono::steady_clock::now();
    if (sum != expected[at]) give_up("a look-up is wrong");
    seconds.push_back(std::chrono::duration<double>(end - begin).count());
  }
  std::sort(seconds.begin(), seconds.end());
  return {seconds[seconds.size() / 2], seconds[seconds.size() * 99 / 100]};
}

// Half of them any units, half not leaves, in an order that looks random.
std::vector<std::uint32_t> asked_units(const NationalArrays& rows) {
  std::vector<std::uint32_t> inner;
  for (std::uint32_t unit = 0; unit < rows.parent.size(); ++unit) {
    if (rows.is_group[unit] == 0) inner.push_back(unit);
  }
  std::vector<std::uint32_t> units;
  constexpr std::uint32_t count = 20'000;
  for (std::uint32_t at = 0; at < count; ++at) {
    const std::uint64_t random = chance(7, 1, at);
    units.push_back(
        at % 2 == 0
            ? below(random, static_cast<std::uint32_t>(rows.parent.size()))
            : inner[below(random, static_cast<std::uint32_t>(inner.size()))]);
  }
  return units;
}

LookUps add_look_ups(RatioTable& table, const National& national,
                     const NationalArrays& rows, const Asked& asked,
                     const Answers& answers) {
  std::vector<std::string> identities;
  Numbers expected;
  for (const std::uint32_t unit : asked_units(rows)) {
    identities.emplace_back(national.identity(unit));
    expected.push_back(answers.sums[unit]);
  }
  std::unordered_map<std::string_view, std::uint32_t> index;
  index.reserve(rows.parent.size());
  for (std::uint32_t unit = 0; unit < rows.parent.size(); ++unit) {
    index.emplace(national.identity(unit), unit);
  }
  const SubtreeSums sums = asked.subtree_sums();
  const UnitFinder finder = asked.finder();
  const LookUps plain =
      look_up(identities, expected, [&](const std::string& identity) {
        return answers.sums[index.find(identity)->second];
      });
  const LookUps ours =
      look_up(identities, expected, [&](const std::string& identity) {
        return sums.at(*finder.find(identity));
      });
  table.figure("one node by its identity, half of all", duration(plain.half),
               duration(ours.half), "at most 2 µs", ours.half <= 2e-6 ? 1 : 0);
  table.figure("one node by its identity, 99 of 100", duration(plain.most),
               duration(ours.most), "at most 10 µs",
               ours.most <= 10e-6 ? 1 : 0);
  return ours;
}

void check(const Answers& answers, const Plain& plain, const Graph& graph,
           const NationalArrays& rows) {
  const auto is_same = [&](const Numbers& by_place, const Numbers& by_unit) {
    for (std::size_t unit = 0; unit < by_unit.size(); ++unit) {
      if (by_place[plain.place_of_unit[unit]] != by_unit[unit]) return false;
    }
    return true;
  };
  const auto [eligible, met] = plain_coverage(plain, rows);
  const auto [graph_eligible, graph_met] = graph_coverage(graph, rows);
  if (!is_same(plain_sums(plain, rows), answers.sums) ||
      !is_same(eligible, answers.eligible) || !is_same(met, answers.met) ||
      !is_same(plain_persons(plain), answers.persons)) {
    give_up("the plain passes and Headrope differ");
  }
  if (graph_sums(graph, rows) != answers.sums ||
      graph_eligible != answers.eligible || graph_met != answers.met) {
    give_up("Boost.Graph and Headrope differ");
  }
}

void add_rows(RatioTable& table, const Race& race) {
  table.at_most(race, "every node's sum, from records", "Headrope, sums",
                "plain, sums", 1.3);
  table.compare(race, "the same, Boost.Graph against Headrope",
                "Boost.Graph, sums", "Headrope, sums");
  table.faster(race, "the same, 2 threads against 1", "Headrope, sums, 2",
               "Headrope, sums", std::nullopt);
  table.at_most(race, "coverage of every node, from records",
                "Headrope, coverage", "plain, coverage", 1.5);
  table.compare(race, "the same, Boost.Graph against Headrope",
                "Boost.Graph, coverage", "Headrope, coverage");
  table.faster(race, "the same, 2 threads against 1", "Headrope, coverage, 2",
               "Headrope, coverage", std::nullopt);
  table.at_most(race, "different persons under every node", "Headrope, persons",
                "plain, persons", 1.3);
  table.compare(race, "the same, CRoaring against Headrope",
                "CRoaring, persons", "Headrope, persons");
  table.faster(race, "the same, 2 threads against 1", "Headrope, persons, 2",
               "Headrope, persons", std::nullopt);
}

// What bench/peers/run.py compares the peers with.
void write_json(const fs::path& file, const std::string& sizes_text,
                const Race& race, const LookUps& look_ups) {
  constexpr std::array questions{"sums", "coverage", "persons"};
  const auto times = [&](const std::string& who, const std::string& than,
                         std::string_view named) {
    std::string text;
    for (const std::string question : questions) {
      const std::string pass = who + ", " + question;
      if (!race.has(pass)) continue;
      text += fmt::format(
          R"({}"{}": {{"seconds": {}, "{}": {}}})", text.empty() ? "" : ", ",
          question, spread_of(race.seconds(pass, Clock::wall)).median, named,
          race.ratio(pass, than.empty() ? "plain, sums" : than + question,
                     Clock::wall)
              .median);
    }
    return text;
  };
  std::ofstream out(file);
  out << fmt::format(
      R"({{"sizes": "{}", "questions": {{{}}}, "peers": {{"Boost.Graph": {{{}}}, )"
      R"("CRoaring": {{{}}}}}, "one": {{"half": {}, "most": {}}}}})",
      sizes_text, times("Headrope", "", "plain"),
      times("Boost.Graph", "Headrope, ", "ratio"),
      times("CRoaring", "Headrope, ", "ratio"), look_ups.half, look_ups.most);
  if (!out.flush()) give_up("cannot write " + file.string());
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  const NationalArrays rows = national.arrays();
  const Asked asked(national, rows);
  const Plain plain = plain_of(asked, rows, national.person_count());
  const Answers answers = asked.answers();
  const Graph graph = graph_of(rows);
  check(answers, plain, graph, rows);
  const fs::path folder =
      arguments.folder /
      fmt::format("questions-{}{}", national.unit_count(),
                  arguments.national.permuted ? "-permuted" : "");
  if (arguments.only_write) {
    write_all(folder, national, rows, plain, answers);
    fmt::print("{}\n", folder.string());
    return 0;
  }
  const auto bitmaps = [&] {
    return count_by_bitmaps(plain.depth, plain.depth_max, plain.member_begin,
                            plain.member_person);
  };
  if (asked.by_unit(bitmaps()) != answers.persons) {
    give_up("CRoaring and Headrope differ");
  }

  Race race(arguments.rounds);
  const auto time = [&](const std::string& name, auto pass) {
    race.add(name, [pass] {
      const auto answer = pass();
      benchmark::DoNotOptimize(&answer);
    });
  };
  time("plain, sums", [&] { return plain_sums(plain, rows); });
  time("Headrope, sums", [&] { return asked.sums({1}); });
  time("Headrope, sums, 2", [&] { return asked.sums({2}); });
  time("Boost.Graph, sums", [&] { return graph_sums(graph, rows); });
  time("plain, coverage", [&] { return plain_coverage(plain, rows); });
  time("Headrope, coverage", [&] { return asked.coverage({1}); });
  time("Headrope, coverage, 2", [&] { return asked.coverage({2}); });
  time("Boost.Graph, coverage", [&] { return graph_coverage(graph, rows); });
  time("plain, persons", [&] { return plain_persons(plain); });
  time("Headrope, persons", [&] { return asked.persons({1}); });
  time("Headrope, persons, 2", [&] { return asked.persons({2}); });
  time("CRoaring, persons", bitmaps);
  race.run();

  RatioTable table;
  table.title("From raw rows, " + sizes(arguments, national));
  add_rows(table, race);
  const LookUps look_ups = add_look_ups(table, national, rows, asked, answers);
  table.print();
  if (fs::exists(folder)) {
    write_json(folder / "questions.json", sizes(arguments, national), race,
               look_ups);
  }
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
