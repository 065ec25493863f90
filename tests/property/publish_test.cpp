// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Tries to work out what a publication withholds, on random trees: by linear
// algebra in exact fractions, and by going through every count there may be.

#include "headrope/publish.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/packs.hpp"
#include <headrope/fraction.hpp>

namespace headrope {
namespace {

constexpr std::array statuses{Status::met, Status::unmet, Status::pending,
                              Status::not_evaluable};

// A tree, and how many subjects of each status each place has itself.
struct Town {
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<std::array<std::int64_t, 4>> own;  // By place.
  Coverage coverage;

  [[nodiscard]] const Forest& forest() const {
    return snapshot->forests().front();
  }
};

// Puts a unit under another; under none it is a root.
void link(unit::Organisation& organisation, const std::string& child,
          const std::string& parent) {
  Registry& registry = organisation.registry;
  const UnitId above = parent.empty() ? UnitId{} : *registry.make_unit(parent);
  unit::Organisation::must(registry.add(Link{*registry.find_hierarchy("party"),
                                             *registry.make_unit(child),
                                             above,
                                             {},
                                             {}}));
}

// The subtree sums of what places have themselves.
Coverage coverage_of(const Forest& forest,
                     const std::vector<std::array<std::int64_t, 4>>& own) {
  Coverage coverage;
  coverage.place_count = forest.place_count();
  for (std::size_t status = 0; status < statuses.size(); ++status) {
    auto& counts =
        coverage.by_status[static_cast<std::size_t>(statuses[status])];
    counts.assign(forest.place_count(), 0);
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      for (std::uint32_t below = at; below < forest.end({at}).value; ++below) {
        counts[at] += own[below][status];
      }
    }
  }
  return coverage;
}

Town random_town(std::uint32_t places_max, std::int64_t own_max,
                 std::size_t statuses_used) {
  unit::Organisation organisation;
  const auto count = *rc::gen::inRange<std::uint32_t>(1, places_max + 1);
  const auto name = [](std::uint32_t at) {
    return "U" + std::to_string(100 + at);
  };
  for (std::uint32_t at = 0; at < count; ++at) {
    organisation.unit(name(at));
    // Sometimes a further root.
    const auto parent = *rc::gen::inRange<std::uint32_t>(0, at + 2);
    link(organisation, name(at), parent < at ? name(parent) : std::string());
  }
  Town town;
  town.snapshot = organisation.on("2013-12-31");
  town.own.resize(count);
  for (auto& own : town.own) {
    for (std::size_t status = 0; status < statuses_used; ++status) {
      // Many places have nobody.
      own[status] = std::max<std::int64_t>(
          *rc::gen::inRange<std::int64_t>(-own_max / 2, own_max + 1), 0);
    }
  }
  town.coverage = coverage_of(town.forest(), town.own);
  return town;
}

// A figure: which places and statuses it adds up.
struct Figure {
  PlaceIndex place;        // None: all.
  std::size_t status = 4;  // 4: all.
  bool is_shown = false;
  std::int64_t count = 0;

  [[nodiscard]] bool adds(const Forest& forest, std::uint32_t at,
                          std::size_t of) const {
    const bool is_below =
        place.is_none() || (at >= place.value && at < forest.end(place).value);
    return is_below && (status == 4 || status == of);
  }
};

std::vector<Figure> figures_of(const Town& town,
                               const Suppression& suppression) {
  std::vector<Figure> figures;
  const auto places = static_cast<std::uint32_t>(town.own.size());
  for (std::uint32_t at = 0; at <= places; ++at) {
    const bool is_total = at == places;
    const Withheld eligible =
        is_total ? suppression.total_eligible : suppression.eligible[at];
    const Withheld by_status =
        is_total ? suppression.total_statuses : suppression.statuses[at];
    for (std::size_t status = 0; status <= 4; ++status) {
      Figure figure;
      figure.place = is_total ? PlaceIndex{} : PlaceIndex{at};
      figure.status = status;
      figure.is_shown = (status == 4 ? eligible : by_status) == Withheld::shown;
      for (std::uint32_t of = 0; of < places; ++of) {
        for (std::size_t one = 0; one < 4; ++one) {
          if (figure.adds(town.forest(), of, one)) {
            figure.count += town.own[of][one];
          }
        }
      }
      figures.push_back(figure);
    }
  }
  return figures;
}

bool is_small(std::int64_t count, std::int64_t least) {
  return count > 0 && count < least;
}

using Row = std::vector<Fraction>;

const Fraction zero{0, 1};

// Takes multiples of the basis from a row; what is left is zero if the row is
// a sum of such multiples.
Row reduced(Row row, const std::map<std::size_t, Row>& basis) {
  for (const auto& [pivot, base] : basis) {
    if (row[pivot] == zero) continue;
    const Fraction factor = row[pivot];
    for (std::size_t at = 0; at < row.size(); ++at) {
      row[at] = *subtract(row[at], *multiply(factor, base[at]));
    }
  }
  return row;
}

// Adds a row to a basis in echelon form, its first entry being 1.
void add_to(std::map<std::size_t, Row>& basis, Row row) {
  row = reduced(std::move(row), basis);
  const auto first =
      std::find_if(row.begin(), row.end(),
                   [](const Fraction& one) { return !(one == zero); });
  if (first == row.end()) return;
  const Fraction lead = *first;
  for (Fraction& one : row) one = *divide(one, lead);
  basis.emplace(static_cast<std::size_t>(first - row.begin()), std::move(row));
}

// The unknowns: each place with a status that anybody there has. Who looks at
// the publication is taken to know where nobody is.
Row row_of(const Town& town, const Figure& figure) {
  Row row;
  for (std::uint32_t at = 0; at < town.own.size(); ++at) {
    const auto& own = town.own[at];
    const bool has_any = own[0] + own[1] + own[2] + own[3] > 0;
    for (std::size_t status = 0; status < 4 && has_any; ++status) {
      row.push_back({figure.adds(town.forest(), at, status) ? 1 : 0, 1});
    }
  }
  return row;
}

// Goes through all counts that agree with what is shown, until every small
// figure has had two values.
class Search {
 public:
  Search(const Town& town, const std::vector<Figure>& figures,
         std::int64_t least, std::size_t statuses_used)
      : town_(town), statuses_(statuses_used) {
    for (const Figure& figure : figures) {
      if (figure.is_shown) {
        shown_.push_back(figure);
      } else if (is_small(figure.count, least)) {
        open_.push_back(figure);
      }
    }
    guess_.assign(town.own.size() * statuses_, 0);
  }

  // Whether every small figure has another value.
  bool finds_all() {
    if (!open_.empty()) go(0);
    return open_.empty();
  }

 private:
  [[nodiscard]] std::int64_t sum(const Figure& figure) const {
    std::int64_t total = 0;
    for (std::uint32_t at = 0; at < town_.own.size(); ++at) {
      for (std::size_t status = 0; status < statuses_; ++status) {
        if (figure.adds(town_.forest(), at, status)) {
          total += guess_[at * statuses_ + status];
        }
      }
    }
    return total;
  }

  void go(std::size_t next) {
    constexpr std::int64_t guess_max = 6;
    for (const Figure& figure : shown_) {
      if (sum(figure) > figure.count) return;
    }
    if (next == guess_.size()) {
      for (const Figure& figure : shown_) {
        if (sum(figure) != figure.count) return;
      }
      std::erase_if(open_, [&](const Figure& figure) {
        return sum(figure) != figure.count;
      });
      return;
    }
    for (std::int64_t one = 0; one <= guess_max && !open_.empty(); ++one) {
      guess_[next] = one;
      go(next + 1);
    }
    guess_[next] = 0;
  }

  const Town& town_;
  std::size_t statuses_;
  std::vector<Figure> shown_;
  std::vector<Figure> open_;
  std::vector<std::int64_t> guess_;
};

}  // namespace

TEST_CASE("No small count is shown, nor a sum of what is") {
  rc::check("linear algebra finds no small count", [] {
    const Town town = random_town(12, 8, 4);
    const auto least = *rc::gen::inRange<std::int64_t>(2, 12);
    const auto suppression =
        suppress_small_counts(town.forest(), town.coverage, least);
    RC_ASSERT(suppression.has_value());
    RC_ASSERT(
        find_recoverable(town.forest(), town.coverage, *suppression).empty());
    const auto figures = figures_of(town, *suppression);
    std::map<std::size_t, Row> basis;
    for (const Figure& figure : figures) {
      if (!figure.is_shown) continue;
      RC_ASSERT(!is_small(figure.count, least));
      add_to(basis, row_of(town, figure));
    }
    for (const Figure& figure : figures) {
      if (!is_small(figure.count, least)) continue;
      const Row row = reduced(row_of(town, figure), basis);
      RC_ASSERT(std::any_of(row.begin(), row.end(), [](const Fraction& one) {
        return !(one == zero);
      }));
    }
  });
}

TEST_CASE("Every small count has another value that agrees with all shown") {
  rc::check("a search through all counts finds it", [] {
    constexpr std::size_t statuses_used = 2;
    const Town town = random_town(4, 4, statuses_used);
    const auto least = *rc::gen::inRange<std::int64_t>(2, 5);
    const auto suppression =
        suppress_small_counts(town.forest(), town.coverage, least);
    RC_ASSERT(suppression.has_value());
    RC_ASSERT(Search(town, figures_of(town, *suppression), least, statuses_used)
                  .finds_all());
  });
}

TEST_CASE("What is left open is found") {
  unit::Organisation organisation;
  for (const char* one : {"A", "B", "C"}) organisation.unit(one);
  link(organisation, "A", "");
  link(organisation, "B", "A");
  link(organisation, "C", "A");
  const auto snapshot = organisation.on("2013-12-31");
  const Forest& forest = snapshot->forests().front();
  const Coverage coverage =
      coverage_of(forest, {{0, 0, 0, 0}, {20, 20, 0, 0}, {3, 30, 0, 0}});
  // C has a small count; without B, the rest of A would be C.
  const auto suppression = suppress_small_counts(forest, coverage, 10);
  REQUIRE(suppression);
  CHECK(suppression->statuses ==
        std::vector{Withheld::shown, Withheld::protects, Withheld::small});
  CHECK(suppression->eligible ==
        std::vector{Withheld::shown, Withheld::shown, Withheld::shown});
  CHECK(find_recoverable(forest, coverage, *suppression).empty());
  Suppression careless = *suppression;
  careless.statuses[1] = Withheld::shown;
  const auto found = find_recoverable(forest, coverage, careless);
  REQUIRE(found.size() == 1);
  CHECK(found.front().place.value == 0);
  CHECK(found.front().of_statuses);
  CHECK(found.front().count == 3);
}

TEST_CASE("What does not add up is not published") {
  unit::Organisation organisation;
  for (const char* one : {"A", "B"}) organisation.unit(one);
  link(organisation, "A", "");
  link(organisation, "B", "A");
  const auto snapshot = organisation.on("2013-12-31");
  const Forest& forest = snapshot->forests().front();
  Coverage coverage = coverage_of(forest, {{0, 0, 0, 0}, {20, 0, 0, 0}});
  CHECK_FALSE(suppress_small_counts(forest, coverage, 1));
  coverage.by_status[0][1] = 21;  // More below than above.
  const auto refused = suppress_small_counts(forest, coverage, 10);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::invalid_argument);
}

}  // namespace headrope
