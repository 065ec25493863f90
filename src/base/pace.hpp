// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How a long call tells its caller how far it is, and ends when the caller has
// had enough, from however deep a loop it is in: by an exception that never
// leaves the library.

#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "headrope/damaged.hpp"
#include "headrope/progress.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// Thrown where the caller stopped a call; caught by `until_stopped`.
struct Stopped {};

/// How far a call is. One that is made without a Progress costs a branch.
/// @threads That of the call; `is_stopped` any.
class Pace {
 public:
  Pace() = default;
  /// @param progress outlives this.
  explicit Pace(const Progress& progress)
      : progress_(progress ? &progress : nullptr) {}

  /// Begins a stage and tells of it.
  /// @param total how many steps it has; 0: unknown.
  /// @throws Stopped.
  void begin(std::string_view stage, std::uint64_t total = 0) {
    if (progress_ == nullptr) return;
    stage_ = stage;
    done_ = 0;
    total_ = total;
    tell();
  }
  /// Some of the work that `total` counts is done.
  void advance(std::uint64_t count) { done_ += count; }
  /// A turn of a loop; now and then the caller is told. @throws Stopped.
  void step() {
    if (progress_ != nullptr && (++turns_ & (turns_untold - 1)) == 0) tell();
  }
  /// Tells the caller. @throws Stopped.
  void tell() {
    if (progress_ == nullptr) return;
    if (!(*progress_)(stage_, done_, total_)) {
      is_stopped_.store(true, std::memory_order_relaxed);
    }
    if (is_stopped()) throw Stopped{};
  }
  /// True once the caller said no more.
  [[nodiscard]] bool is_stopped() const {
    return is_stopped_.load(std::memory_order_relaxed);
  }

 private:
  /// A power of two. A turn takes some 10 µs at most.
  static constexpr std::uint32_t turns_untold = 1024;

  const Progress* progress_ = nullptr;
  std::string stage_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
  std::uint32_t turns_ = 0;
  std::atomic<bool> is_stopped_ = false;
};

/// The pace of one of several threads: only that of the call tells, the others
/// look whether to stop.
class Lane {
 public:
  Lane() = default;
  /// @param count of the lanes, of which `at` 0 is the thread of the call.
  Lane(Pace& pace, std::size_t at, std::size_t count)
      : pace_(&pace), count_(count), tells_(at == 0) {}

  /// As `Pace::advance`; the other lanes are taken to be as far.
  void advance(std::uint64_t count) {
    if (tells_) pace_->advance(count * count_);
  }
  /// As `Pace::step`. @throws Stopped.
  void step() {
    if (tells_) {
      pace_->step();
    } else if (pace_ != nullptr && pace_->is_stopped()) {
      throw Stopped{};
    }
  }
  /// As `Pace::tell`. @throws Stopped.
  void tell() {
    if (tells_) {
      pace_->tell();
    } else {
      step();
    }
  }

 private:
  Pace* pace_ = nullptr;
  std::size_t count_ = 1;
  bool tells_ = false;
};

/// Does the work, which gives a Result; `cancelled` where the caller stopped
/// it, `file_damaged` where a snapshot turned out to be.
/// @param what the work, as in "freezing".
template <typename Work>
auto until_stopped(std::string_view what, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const Stopped&) {
    return Error{Code::cancelled,
                 std::string(what) + " was stopped by the caller"};
  } catch (const SnapshotDamaged& damage) {
    return damage.error();
  }
}

}  // namespace headrope
