// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An allocator for big tables that begin as zeros.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

#include "base/huge_pages.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace headrope {

/// Allocates memory that is 0, and leaves it so where a value is made without
/// saying which: a big table of zeros then costs its pages as they are touched,
/// and nothing before. Asks for huge pages as the one above.
template <typename T>
struct ZeroedAllocator {
  using value_type = T;

  ZeroedAllocator() = default;
  template <typename Other>
  ZeroedAllocator(const ZeroedAllocator<Other>& /*other*/) {}  // NOLINT

  [[nodiscard]] T* allocate(std::size_t count) {
    void* const memory = std::calloc(count, sizeof(T));
    if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::size_t page_bytes = HugePageAllocator<T>::page_bytes;
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (begin + page_bytes - 1) / page_bytes;
    const std::uintptr_t last = (begin + count * sizeof(T)) / page_bytes;
    if (first < last) {
      static_cast<void>(madvise(reinterpret_cast<void*>(first * page_bytes),
                                (last - first) * page_bytes, MADV_HUGEPAGE));
    }
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t /*count*/) noexcept {
    std::free(memory);
  }

  template <typename Other>
  void construct(Other* /*place*/) noexcept {}
  template <typename Other, typename... Arguments>
  void construct(Other* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place))
        Other(std::forward<Arguments>(arguments)...);
  }

  friend bool operator==(const ZeroedAllocator& /*left*/,
                         const ZeroedAllocator& /*right*/) {
    return true;
  }
};

}  // namespace headrope
