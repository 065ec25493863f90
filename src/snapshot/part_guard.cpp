// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Looking at parts, once each.

#include "snapshot/part_guard.hpp"

#include <algorithm>
#include <utility>

#include "base/pace.hpp"
#include "base/parallel.hpp"
#include "headrope/damaged.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t threads_max = 64;

}  // namespace

PartGuard::PartGuard(std::size_t count, Look look)
    : count_(count),
      look_(std::move(look)),
      states_(std::make_unique<State[]>(count)) {}

void PartGuard::look_at(std::size_t part) {
  State& state = states_[part];
  const std::lock_guard lock(state.looking);
  if (state.found.load(std::memory_order_relaxed) == unseen) {
    const Result<void> found = look_(part);
    if (!found) state.error = found.error();
    state.found.store(found ? good : damaged, std::memory_order_release);
  }
  if (state.found.load(std::memory_order_relaxed) == damaged) {
    throw SnapshotDamaged(state.error);
  }
}

Result<void> PartGuard::need_all(std::uint32_t threads,
                                 const Progress& progress) {
  Pace pace(progress);
  return until_stopped("opening", [&]() -> Result<void> {
    pace.begin("open", count_);
    std::atomic<std::size_t> next = 0;
    std::size_t told = 0;
    run_in_parallel(
        std::clamp(threads, 1U, threads_max), [&](std::size_t thread) {
          for (std::size_t part = next++; part < count_; part = next++) {
            try {
              need(part);
            } catch (const SnapshotDamaged&) {  // NOLINT: told below, in order.
            }
            if (thread == 0) {
              const std::size_t reached = std::min(next.load(), count_);
              pace.advance(reached - std::exchange(told, reached));
              pace.tell();
            } else if (pace.is_stopped()) {
              return;
            }
          }
        });
    for (std::size_t part = 0; part < count_; ++part) need(part);
    return {};
  });
}

}  // namespace headrope
