// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Passes that are timed against each other, and the table of their ratios. A
// round runs every pass once, so that what disturbs the machine disturbs them
// alike; a ratio is that of two times of the same round.

#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/national.hpp"

namespace headrope::bench {

/// What the command line asks for.
struct Arguments {
  NationalOptions national;
  std::filesystem::path folder;  ///< for files that are written
  std::size_t rounds = 9;
  bool only_write = false;  ///< of the files: write them, keep them, and end
};

/// Reads --units N, --national, --permuted, --divisions FOLDER, --folder
/// FOLDER, --rounds N and --only-write; the rest goes to Google Benchmark. Ends
/// the program with a message if there is anything else.
[[nodiscard]] Arguments read_arguments(int argc, char** argv);

/// Ends the program with a message, because an answer is wrong or missing.
[[noreturn]] void give_up(const std::string& message);

/// Gives the value of a result, or gives up.
template <typename Value>
Value value_of(Result<Value> result) {
  if (!result) give_up(result.error().message);
  return *std::move(result);
}

/// Median, least and greatest of some numbers.
struct Spread {
  double median = 0, least = 0, greatest = 0;
};
[[nodiscard]] Spread spread_of(std::vector<double> numbers);

/// What counts as the time of a pass: that of the wall clock, or that for which
/// the calling thread had a processor, which other programs disturb less.
enum class Clock : std::uint8_t { wall, processor };

/// The passes of one program.
class Race {
 public:
  explicit Race(std::size_t rounds) : rounds_(rounds) {}

  /// Adds a pass, a benchmark of Google Benchmark by this name. Each round
  /// runs it `repeats` times and keeps the mean.
  void add(const std::string& name, std::function<void()> pass,
           std::size_t repeats = 1);

  /// Runs all rounds, after one that is not counted.
  void run();

  /// True if there is a pass of that name.
  [[nodiscard]] bool has(const std::string& name) const {
    return processor_.contains(name);
  }
  /// Seconds of each round.
  [[nodiscard]] const std::vector<double>& seconds(
      const std::string& name, Clock clock = Clock::processor) const;
  /// The ratio of two passes, round by round.
  [[nodiscard]] Spread ratio(const std::string& upper, const std::string& lower,
                             Clock clock = Clock::processor) const;

 private:
  std::size_t rounds_;
  std::map<std::string, std::vector<double>> wall_;
  std::map<std::string, std::vector<double>> processor_;
};

/// The table that a program prints at its end, in Markdown.
class RatioTable {
 public:
  void title(const std::string& text);
  /// A row: `headrope` takes at most `limit` times as long as `plain`.
  void at_most(const Race& race, const std::string& what,
               const std::string& headrope, const std::string& plain,
               double limit);
  /// A row: `headrope` against `plain`, without a target.
  void compare(const Race& race, const std::string& what,
               const std::string& headrope, const std::string& plain);
  /// A row: `fast`, which starts threads, is at least `limit` times faster by
  /// the wall clock than `slow`.
  void faster(const Race& race, const std::string& what,
              const std::string& fast, const std::string& slow,
              std::optional<double> limit);
  /// A row of any other kind; `met` is -1 without a target.
  void figure(const std::string& what, const std::string& plain,
              const std::string& headrope, const std::string& target, int met);
  /// Prints the table.
  void print() const;

 private:
  std::string text_;
};

/// "12.3 ms", "450 ns".
[[nodiscard]] std::string duration(double seconds);
/// "1.23 (1.10–1.40)".
[[nodiscard]] std::string range(const Spread& spread);

/// How the organisation reads in a title.
[[nodiscard]] std::string sizes(const Arguments& arguments,
                                const National& national);

}  // namespace headrope::bench
