// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An allocator for big tables that begin as zeros.

#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

#include "base/huge_pages.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace headrope {

/// Allocates memory that is 0, and leaves it so where a value is made without
/// saying which: a big table of zeros then costs its pages as they are touched,
/// and nothing before. The system is asked for huge pages.
template <typename T>
struct ZeroedAllocator {
  using value_type = T;

  /// From here on the system's own pages are taken, which are zeros. Memory
  /// that was given back before would lie on small pages, whatever is advised.
  static constexpr std::size_t mapped_bytes_min = std::size_t{4} << 20U;

  ZeroedAllocator() = default;
  template <typename Other>
  ZeroedAllocator(const ZeroedAllocator<Other>& /*other*/) {}  // NOLINT

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
#if defined(__linux__)
    if (bytes >= mapped_bytes_min) {
      void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (memory == MAP_FAILED) throw std::bad_alloc();
      ask_for_huge_pages(memory, bytes);
      return static_cast<T*>(memory);
    }
#endif
    void* const memory = ::operator new(bytes);
    std::memset(memory, 0, bytes);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) noexcept {
#if defined(__linux__)
    if (count * sizeof(T) >= mapped_bytes_min) {
      munmap(memory, count * sizeof(T));
      return;
    }
#endif
    static_cast<void>(count);
    ::operator delete(memory);
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
