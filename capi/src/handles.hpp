// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What the opaque handles hold, and how the numbers of the C API become ids of
// the C++ one. A number that is none is `invalid_argument`, so that nothing of
// the caller's reaches a contract.

#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "guard.hpp"

struct headrope_findings {
  headrope::Diagnostics value;
  std::size_t limit;
};

struct headrope_registry {
  headrope::Registry value;
  headrope_registry_options options;
};

struct headrope_snapshot {
  std::shared_ptr<const headrope::Snapshot> value;
  std::atomic<std::int64_t> holds{1};
};

struct headrope_figures {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  headrope::UnitTally tally;
  int decimals;
};

struct headrope_sums {
  headrope::SubtreeSums value;
  std::int64_t unit_count;
};

struct headrope_pack {
  headrope::PackPointer value;
};

struct headrope_assessment {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  std::vector<headrope::RuleAssessment> rules;
};

struct headrope_coverage {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  const headrope::Forest* forest;
  headrope::Coverage value;
};

struct headrope_explanation {
  headrope::Explanation value;
};

struct headrope_comparison {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  std::vector<headrope::RuleComparison> rules;
};

struct headrope_persons {
  headrope::PersonSet value;
};

struct headrope_overlap {
  headrope::Overlap value;
  std::vector<std::string> labels;
  std::string sentence_en;
  std::string sentence_zh;
};

struct headrope_spectrum {
  headrope::SpectrumIndex value;
  std::int64_t unit_count;
};

struct headrope_responsibility {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  headrope::Responsibility value;
};

struct headrope_live {
  headrope::LiveFigures value;
};

struct headrope_moment {
  std::shared_ptr<const headrope::Snapshot> snapshot;
  const headrope::Forest* forest;
  std::shared_ptr<const headrope::LiveMoment> value;
};

struct headrope_table {
  std::shared_ptr<const headrope::Table> value;
};

namespace headrope::c {

/// The id of a number below `count`.
template <typename IdType>
Result<IdType> id_of(std::int64_t number, std::size_t count, const char* name) {
  if (number < 0 || static_cast<std::uint64_t>(number) >= count) {
    return invalid(std::string(name) + ": there is no number " +
                   std::to_string(number));
  }
  return IdType{static_cast<std::uint32_t>(number)};
}

/// The enumerator of a number below `count`.
template <typename Enum>
Result<Enum> word_of(std::int32_t number, std::int32_t count,
                     const char* name) {
  if (number < 0 || number >= count) {
    return invalid(std::string(name) + ": there is no value " +
                   std::to_string(number));
  }
  return static_cast<Enum>(number);
}

/// An assessment as one: its only rule, or several joined, kept in `joined`.
[[nodiscard]] Result<const RuleAssessment*> together(
    const headrope_assessment& assessment, RuleAssessment& joined);
/// The language of a number.
[[nodiscard]] Result<Language> language_of(headrope_language language);
/// The threads of a count from 0 to 64.
[[nodiscard]] Result<Threads> threads_of(std::int32_t count);
/// The interval of two days; both 0: without ends.
[[nodiscard]] Interval interval_of(std::int32_t from, std::int32_t until);
/// The hierarchy of a number, frozen. @returns `hierarchy_unknown` if it has no
/// place on the day.
[[nodiscard]] Result<const Forest*> forest_of(const Snapshot& snapshot,
                                              std::int64_t hierarchy);
/// Which places a table shows.
[[nodiscard]] Result<Shown> shown_of(const Snapshot& snapshot,
                                     const Forest& forest, std::int64_t top,
                                     std::int32_t levels);
/// A tally and its days.
struct TallyOf {
  Tally tally;
  Interval window;
};
/// The tally of a struct.
[[nodiscard]] Result<TallyOf> tally_of(const Snapshot& snapshot,
                                       const headrope_tally* tally);

/// The counts of statuses as a struct, all but its size.
[[nodiscard]] headrope_counts counts_of(const StatusCounts& counts);

/// Gives a table to the caller.
void give(Table table, headrope_table** out);

/// Runs `body` with a list of findings of its own, which the caller's then gets
/// too; the place of the first error goes to `error` if it fails.
template <typename Body>
auto with_findings(headrope_findings* findings, headrope_error* error,
                   const Body& body) {
  Diagnostics own(findings == nullptr ? Diagnostics::limit_default
                                      : findings->limit);
  auto outcome = body(own);
  if (!outcome.has_value()) report_place(error, outcome.error().code, own);
  if (findings != nullptr) {
    Diagnostics all = findings->value;
    all.append(own);
    std::swap(findings->value, all);
  }
  return outcome;
}

/// Calls the caller's progress at most 20 times a second, the first time at
/// once.
class SpacedProgress {
 public:
  SpacedProgress(headrope_progress progress, void* user_data)
      : progress_(progress), user_data_(user_data) {}
  /// As the C++ API takes it; must not outlive this.
  [[nodiscard]] Progress callback();

 private:
  bool tell(std::string_view stage, std::uint64_t done, std::uint64_t total);

  headrope_progress progress_;
  void* user_data_;
  std::chrono::steady_clock::time_point next_{};
};

/// Gives pieces of text to the caller until he wants no more.
class Writer {
 public:
  Writer(headrope_write write, void* user_data)
      : write_(write), user_data_(user_data) {}
  /// As the C++ API takes it; must not outlive this.
  [[nodiscard]] Sink sink();
  /// @returns `cancelled` if the caller wanted no more.
  [[nodiscard]] Result<void> outcome() const;

 private:
  headrope_write write_;
  void* user_data_;
  bool is_stopped_ = false;
};

}  // namespace headrope::c
