// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What every command does alike: load and freeze, tell findings and times,
// write a table, and turn what goes wrong into an exit status.

#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "headrope/options.hpp"
#include "headrope/terminal.hpp"

namespace headrope::tool {

/// Says that data or question have no answer; the program then exits with 1.
struct DataError {
  Error error;
};

/// The program exits with 1, all being said.
struct AlreadySaid {};

/// The value, or the end of the command.
template <typename T>
T value_or_stop(Result<T> result) {
  if (!result) throw DataError{result.error()};
  return *std::move(result);
}

/// Ends the command if something failed.
inline void stop_if_failed(const Result<void>& result) {
  if (!result) throw DataError{result.error()};
}

/// Writes a table in the format asked for.
void write(const Table& table, const Options& options);
/// Tells a line on the error stream.
void say(const std::string& text);
/// A number of things, with the plural where it is one.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view what);
/// Tells the first findings on the error stream, and where the others are.
void report(const Diagnostics& findings, const Options& options,
            std::string_view others = "`headrope check` lists them");
/// Tells what is not in the hierarchy that was asked for.
void tell_unplaced(const std::string& what, std::int64_t count);

/// Tells on the error stream how long steps took, if that is asked for.
class StepTimer {
 public:
  explicit StepTimer(bool is_on) : is_on_(is_on) {}
  /// Ends a step.
  void step(std::string_view what);

 private:
  bool is_on_;
  std::chrono::steady_clock::time_point last_ =
      std::chrono::steady_clock::now();
};

/// Loads the data package.
[[nodiscard]] Registry load(const Options& options, StepTimer& timer);
/// Freezes it as of the day asked about.
[[nodiscard]] std::shared_ptr<const Snapshot> freeze_data(
    const Registry& registry, const Options& options, StepTimer& timer);
/// Whether a path is that of a file that `headrope freeze` wrote.
[[nodiscard]] bool is_freeze_file(const std::string& path);
/// Opens such a file; its day is the day asked about.
[[nodiscard]] std::shared_ptr<const Snapshot> open_file(const Options& options,
                                                        StepTimer& timer);
/// Loads and freezes, or opens a file that was frozen.
[[nodiscard]] std::shared_ptr<const Snapshot> open(const Options& options,
                                                   StepTimer& timer);

/// Loads a pack from a file; `vocabulary` knows its names.
[[nodiscard]] PackPointer load_one(const std::string& file,
                                   const Registry& vocabulary,
                                   const Options& options);

/// Data, the same frozen, and a pack to ask about it.
struct DataWithPack {
  Registry registry;
  std::shared_ptr<const Snapshot> snapshot;
  PackPointer pack;
};
/// Loads and freezes the data and loads the pack of `--pack`.
[[nodiscard]] DataWithPack open_with_pack(const Options& options,
                                          StepTimer& timer);

/// The pack that is compared with: the file of `--against`, or the pack with
/// the parameters of `--set`.
[[nodiscard]] PackPointer other_pack(const PackPointer& pack,
                                     const Registry& vocabulary,
                                     const Options& options);

/// Runs a command and turns its exceptions into exit statuses.
template <typename Command>
int guarded(const Command& command) {
  try {
    command();
    return 0;
  } catch (const UsageError& fault) {
    say("headrope: " + harmless(fault.message));
    return 2;
  } catch (const AlreadySaid&) {
    return 1;
  } catch (const SnapshotDamaged& damage) {
    say(fmt::format("headrope: {} {}", code_info(damage.error().code).id,
                    harmless(damage.error().message)));
    return 1;
  } catch (const DataError& fault) {
    say(fmt::format("headrope: {} {}", code_info(fault.error.code).id,
                    harmless(fault.error.message)));
    return 1;
  }
}

}  // namespace headrope::tool
