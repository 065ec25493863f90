// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// IdentityIndex gives each of the user's strings a dense id, in the order of
// first sight. Look-ups can be made in batches, which hides the wait for
// memory: at millions of units that wait is most of the cost of loading.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/huge_pages.hpp"
#include "base/text_hash.hpp"
#include "base/text_store.hpp"

namespace headrope {

/// Maps strings to dense ids 0, 1, 2 … and back.
///
/// Open addressing with linear probing, at most half full. A slot holds 32 bits
/// of the hash and the id, so that the string itself is read only on a likely
/// match. Should a probe ever become long, as it would for keys chosen to
/// collide, all keys are hashed again with another seed.
/// @threads One writer, or any number of readers.
class IdentityIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  /// Texts are kept in `texts`, which must outlive the index.
  explicit IdentityIndex(TextStore& texts) : texts_(&texts) {}

  /// The id of a string; `none` if it is not there.
  [[nodiscard]] std::uint32_t find(std::string_view text) const;

  /// Ids of many strings at once, `none` where there is no such string.
  /// `ids` must be as long as `texts`.
  void find_all(std::span<const std::string_view> texts,
                std::span<std::uint32_t> ids) const;

  /// The id of a string, which is added if it is new.
  std::uint32_t find_or_add(std::string_view text);

  /// Ids of many strings at once, as if `find_or_add` were asked for one after
  /// the other. `ids` must be as long as `texts`.
  void find_or_add_all(std::span<const std::string_view> texts,
                       std::span<std::uint32_t> ids);

  /// Makes room for so many strings in all.
  void reserve(std::size_t count);

  /// Forgets the strings from the id `count` on: back to where it was when it
  /// had so many. Their texts stay in the store. @complexity O(forgotten).
  void truncate(std::size_t count) noexcept;

  [[nodiscard]] std::size_t size() const { return texts_of_id_.size(); }
  [[nodiscard]] std::string_view operator[](std::uint32_t id) const {
    return texts_of_id_[id];
  }
  [[nodiscard]] std::span<const std::string_view> all() const {
    return texts_of_id_;
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t id = none;
  };

  // Of a batch: its hashes, and which of its texts are looked up by them.
  struct Asked;

  [[nodiscard]] std::uint32_t find_hashed(std::string_view text,
                                          std::uint64_t hash) const;
  std::uint32_t find_or_add_hashed(std::string_view text, std::uint64_t hash);
  std::size_t follow(std::span<const std::string_view> texts,
                     std::span<std::uint32_t> ids, std::size_t at) const;
  void ask(Asked& asked, std::span<const std::string_view> texts,
           std::size_t from, std::size_t until) const;
  void rebuild(std::size_t slot_count);
  bool insert(std::uint32_t id, std::uint64_t hash);
  void erase(std::uint32_t id) noexcept;

  TextStore* texts_;
  std::vector<std::string_view, HugePageAllocator<std::string_view>>
      texts_of_id_;
  std::vector<Slot, HugePageAllocator<Slot>> slots_;
  std::uint64_t seed_ = first_hash_seed;
};

}  // namespace headrope
