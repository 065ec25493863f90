// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Work in equal pieces on several threads. An exception of any piece reaches
// the caller as if there were one thread; a thread that cannot be had is done
// without.

#pragma once

#include <cstddef>
#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace headrope {

/// Calls `work(0)` to `work(count - 1)`, the first on the caller's thread and
/// the others on threads that are started for them, and waits for all. Where no
/// thread can be started, the caller's does its piece.
/// @throws what the first piece that failed threw, after all have ended.
template <typename Work>
void run_in_parallel(std::size_t count, const Work& work) {
  std::vector<std::exception_ptr> faults(count);
  const auto run = [&](std::size_t at) noexcept {
    try {
      work(at);
    } catch (...) {
      faults[at] = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  if (count > 1) threads.reserve(count - 1);
  std::size_t started = 1;
  for (; started < count; ++started) {
    try {
      threads.emplace_back(run, started);
    } catch (const std::system_error&) {
      break;
    } catch (const std::bad_alloc&) {
      break;
    }
  }
  if (count > 0) run(0);
  for (; started < count; ++started) run(started);
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& fault : faults) {
    if (fault) std::rethrow_exception(fault);
  }
}

}  // namespace headrope
