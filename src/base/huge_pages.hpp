// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An allocator for big tables that are read at random. With pages of 4 KiB most
// of such a read is spent on finding the page; the system is asked for huge
// ones.

#pragma once

#include <cstddef>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace headrope {

/// Allocates like `std::allocator`, but asks for huge pages where they pay.
template <typename T>
struct HugePageAllocator {
  using value_type = T;

  static constexpr std::size_t page_bytes = std::size_t{2} << 20U;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>& /*other*/) {}  // NOLINT

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < 2 * page_bytes) {
      return static_cast<T*>(::operator new(bytes));
    }
    void* memory = ::operator new(bytes, std::align_val_t{page_bytes});
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    // Advice only: that it cannot be followed is no fault.
    static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));
#endif
    return static_cast<T*>(memory);
  }

  void deallocate(T* memory, std::size_t count) noexcept {
    if (count * sizeof(T) < 2 * page_bytes) {
      ::operator delete(memory);
    } else {
      ::operator delete(memory, std::align_val_t{page_bytes});
    }
  }

  friend bool operator==(const HugePageAllocator& /*left*/,
                         const HugePageAllocator& /*right*/) {
    return true;
  }
};

}  // namespace headrope
