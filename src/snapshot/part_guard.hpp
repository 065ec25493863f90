// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Looks at the parts of an opened file, each once, when somebody first reads
// them.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "headrope/progress.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// Which parts were looked at, and how they were found.
/// @threads Any; each part is looked at by one.
class PartGuard {
 public:
  /// Looks at a part: nothing, or `file_damaged`.
  using Look = std::function<Result<void>(std::size_t part)>;

  /// @param look may be called from any thread, for different parts at once.
  PartGuard(std::size_t count, Look look);

  /// Returns at once if the part is known to be good; otherwise looks at it, or
  /// waits for who does. @throws SnapshotDamaged.
  void need(std::size_t part) {
    if (states_[part].found.load(std::memory_order_acquire) != good) {
      look_at(part);
    }
  }

  /// Looks at all parts. @returns the error of the first that is damaged;
  ///   `cancelled`.
  [[nodiscard]] Result<void> need_all(std::uint32_t threads,
                                      const Progress& progress);

 private:
  enum Found : std::uint8_t { unseen, good, damaged };
  struct State {
    std::atomic<std::uint8_t> found{unseen};
    std::mutex looking;
    Error error;
  };

  void look_at(std::size_t part);

  std::size_t count_;
  Look look_;
  std::unique_ptr<State[]> states_;
};

}  // namespace headrope
