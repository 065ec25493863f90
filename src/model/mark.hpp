// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// How full the tables of a Registry were at some moment, so that what was added
// since can be taken back: rows that are added together are added all or not
// at all, even if memory runs out halfway.

#pragma once

#include <array>
#include <cstddef>

#include "model/tables.hpp"

namespace headrope {

/// Takes back what was added since it was made, unless it is kept.
/// @threads As the Registry.
class RegistryMark {
 public:
  /// Marks where the tables end now. @complexity O(tables).
  explicit RegistryMark(Registry::Tables& tables);
  ~RegistryMark();
  RegistryMark(const RegistryMark&) = delete;
  RegistryMark& operator=(const RegistryMark&) = delete;

  /// What was added stays.
  void keep() { is_kept_ = true; }

 private:
  static constexpr std::size_t index_count = 12;
  static constexpr std::size_t table_count = 20;

  Registry::Tables& tables_;
  std::array<std::size_t, index_count> indexes_{};
  std::array<std::size_t, table_count> rows_{};
  bool is_kept_ = false;
};

}  // namespace headrope
