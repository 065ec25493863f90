// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Huge pages for big tables. With pages of 4 KiB most of a read at random is
// spent on finding the page, and most of a first write on making it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace headrope {

inline constexpr std::size_t huge_page_bytes = std::size_t{2} << 20U;

/// Asks the system to put those huge pages of memory that lie within the range.
/// Advice only: that it cannot be followed is no fault.
inline void ask_for_huge_pages([[maybe_unused]] void* memory,
                               [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + huge_page_bytes - 1) / huge_page_bytes;
  const std::uintptr_t last = (begin + bytes) / huge_page_bytes;
  if (first >= last) return;
  static_cast<void>(
      madvise(static_cast<char*>(memory) + (first * huge_page_bytes - begin),
              (last - first) * huge_page_bytes, MADV_HUGEPAGE));
#endif
}

/// Allocates like `std::allocator`, but asks for huge pages where they pay.
template <typename T>
struct HugePageAllocator {
  using value_type = T;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>& /*other*/) {}  // NOLINT

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < 2 * huge_page_bytes) {
      return static_cast<T*>(::operator new(bytes));
    }
    void* memory = ::operator new(bytes, std::align_val_t{huge_page_bytes});
    ask_for_huge_pages(memory, bytes);
    return static_cast<T*>(memory);
  }

  void deallocate(T* memory, std::size_t count) noexcept {
    if (count * sizeof(T) < 2 * huge_page_bytes) {
      ::operator delete(memory);
    } else {
      ::operator delete(memory, std::align_val_t{huge_page_bytes});
    }
  }

  friend bool operator==(const HugePageAllocator& /*left*/,
                         const HugePageAllocator& /*right*/) {
    return true;
  }
};

}  // namespace headrope
