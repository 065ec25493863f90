// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading in pieces, by several threads, with rows read ahead, against the
// plain loader; and reading days quickly against reading them.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "calendar/quick_date.hpp"
#include "load/load_pieces.hpp"
#include "support/package_oracle.hpp"

namespace headrope {
namespace {

using testing::loaded_plainly;
using testing::PackageFiles;
using testing::PackagePlan;
using testing::PiecewiseSource;
using testing::random_package;
using testing::told_outcome;

// How a load is cut and shared out.
struct Cut {
  std::uint32_t threads = 1;
  std::size_t piece_bytes = 0;
  std::size_t read_max = 0;
};

constexpr std::array<Cut, 8> cuts{{{1, 1U << 18U, 1U << 20U},
                                   {1, 16, 1},
                                   {2, 16, 7},
                                   {3, 40, 1000},
                                   {7, 64, 64},
                                   {2, 300, 5},
                                   {3, 1000, 1U << 20U},
                                   {2, 1U << 18U, 100}}};

std::string loaded(const PackageFiles& files, const Cut& cut,
                   LoadOptions options) {
  PiecewiseSource source(files, cut.read_max);
  Diagnostics findings(options.limits.findings_max);
  options.threads.count = cut.threads;
  const auto registry =
      load_package_in_pieces(source, findings, options, cut.piece_bytes);
  return told_outcome(registry, findings);
}

PackagePlan a_plan() {
  PackagePlan plan;
  plan.seed = *rc::gen::arbitrary<std::uint32_t>();
  plan.rows_max = *rc::gen::inRange<std::uint32_t>(0, 60);
  plan.faults = *rc::gen::element<std::uint32_t>(0, 0, 3, 30);
  plan.is_quoted = *rc::gen::arbitrary<bool>();
  plan.is_gb18030 = *rc::gen::inRange(0, 6) == 0;
  return plan;
}

LoadOptions some_options() {
  LoadOptions options;
  options.limits.identity_bytes_max = *rc::gen::element(255U, 20U, 5U);
  return options;
}

// Limits that end a load, or the list of its findings.
LoadOptions tight_options() {
  LoadOptions options = some_options();
  options.limits.units_max = *rc::gen::inRange<std::uint32_t>(1, 40);
  options.limits.persons_max = *rc::gen::inRange<std::uint32_t>(1, 40);
  options.limits.rows_max = *rc::gen::inRange<std::uint32_t>(1, 60);
  options.limits.columns_max = *rc::gen::inRange<std::uint32_t>(6, 12);
  options.limits.findings_max = *rc::gen::element<std::size_t>(1000, 7, 1);
  return options;
}

TEST_CASE("A package is what the plain loader says, however it is cut",
          "[load]") {
  const bool holds = rc::check("cuts and threads", [] {
    const PackagePlan plan = a_plan();
    const PackageFiles files = random_package(plan);
    const LoadOptions options = some_options();
    const std::string plain = loaded_plainly(files, plan, options);
    for (const Cut& cut : cuts) {
      RC_ASSERT(loaded(files, cut, options) == plain);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("A load ends at the same row, however a file is cut",
          "[load][HDR-BASE-007]") {
  const bool holds = rc::check("limits of tables", [] {
    const PackageFiles files = random_package(a_plan());
    const LoadOptions options = tight_options();
    const std::string first = loaded(files, cuts[0], options);
    for (const Cut& cut : cuts) {
      RC_ASSERT(loaded(files, cut, options) == first);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Bytes that are no text are told the same, however a file is cut",
          "[load][HDR-LOAD-115]") {
  const bool holds = rc::check("bad bytes", [] {
    PackagePlan plan = a_plan();
    plan.is_gb18030 = false;
    plan.has_bad_bytes = true;
    const PackageFiles files = random_package(plan);
    const LoadOptions options = some_options();
    const std::string first = loaded(files, cuts[0], options);
    for (const Cut& cut : cuts) {
      RC_ASSERT(loaded(files, cut, options) == first);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Limits of fields and rows hold, however a file is cut",
          "[load][HDR-LOAD-114]") {
  const bool holds = rc::check("limits", [] {
    const PackagePlan plan = a_plan();
    const PackageFiles files = random_package(plan);
    LoadOptions options;
    options.limits.field_bytes_max = *rc::gen::inRange<std::uint32_t>(4, 30);
    options.limits.row_bytes_max = *rc::gen::inRange<std::uint32_t>(10, 80);
    const std::string first = loaded(files, cuts[0], options);
    for (const Cut& cut : cuts) {
      RC_ASSERT(loaded(files, cut, options) == first);
    }
  });
  REQUIRE(holds);
}

TEST_CASE("A large package is what the plain loader says", "[load]") {
  for (const std::uint32_t faults : {0U, 1U}) {
    const PackagePlan plan{.seed = 7 + faults,
                           .rows_max = 20'000,
                           .faults = faults,
                           .is_quoted = true};
    const PackageFiles files = random_package(plan);
    LoadOptions options;
    const std::string plain = loaded_plainly(files, plan, options);
    for (const std::uint32_t threads : {1U, 2U, 5U}) {
      CHECK((loaded(files, {threads, 1U << 18U, 1U << 20U}, options) == plain));
      CHECK((loaded(files, {threads, 5000, 3000}, options) == plain));
    }
  }
}

TEST_CASE("A day is read quickly as it is read", "[calendar]") {
  const auto same = [](const std::string& text) {
    Date quick{-1};
    const bool is_read = read_date_quickly(text, quick);
    const auto read = parse_date(text);
    return is_read == read.has_value() && (!is_read || quick == *read);
  };
  std::size_t wrong = 0;
  for (int year = 1399; year <= 9999; ++year) {
    for (int month = 0; month <= 13; ++month) {
      for (const int day : {0, 1, 28, 29, 30, 31, 32}) {
        std::string text = std::to_string(year) + "-";
        text += std::to_string(100 + month).substr(1) + "-";
        text += std::to_string(100 + day).substr(1);
        wrong += same(text) ? 0U : 1U;
      }
    }
  }
  CHECK(wrong == 0);
  const bool holds = rc::check("any text", [&] {
    std::string text = "2013-06-15";
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = *rc::gen::arbitrary<char>();
    RC_ASSERT(same(text));
    RC_ASSERT(same(text.substr(0, at)));
    RC_ASSERT(same(text + "1"));
  });
  CHECK(holds);
}

}  // namespace
}  // namespace headrope
