// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Open addressing with linear probing. A slot holds 32 bits of the hash, so
// that an identity is read only on a likely match. Should a probe become long,
// as it would for identities chosen to collide, all are hashed with another
// seed.

#include "headrope/unit_finder.hpp"

#include <algorithm>
#include <bit>

#include "base/columns_at_once.hpp"
#include "base/text_hash.hpp"

namespace headrope {
UnitFinder UnitFinder::make(std::shared_ptr<const Snapshot> snapshot) {
  UnitFinder finder(std::move(snapshot));
  const std::size_t units = finder.snapshot_->unit_count();
  std::size_t slots = std::bit_ceil(units + units / 7 * 3 + 1);
  // A seed that fails is replaced; should many fail, the table grows too, so
  // that this ends whatever the identities are.
  for (std::size_t attempt = 1;; ++attempt) {
    fill_column(finder.slots_, slots, Slot{0, UnitIndex::none_value});
    if (finder.fill()) return finder;
    finder.seed_ = next_hash_seed(finder.seed_, attempt);
    if (attempt % 4 == 0) slots *= 2;
  }
}

bool UnitFinder::fill() {
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t unit = 0; unit < snapshot_->unit_count(); ++unit) {
    const std::uint64_t hash =
        hash_of_text(snapshot_->identity(UnitIndex{unit}), seed_);
    std::size_t at = hash & mask;
    for (std::size_t probes = 0; slots_[at].second != UnitIndex::none_value;
         ++probes) {
      if (probes == hash_probes_max) return false;
      at = (at + 1) & mask;
    }
    slots_[at] = {tag_of(hash), unit};
  }
  return true;
}

std::optional<UnitIndex> UnitFinder::find(std::string_view identity) const {
  const std::uint64_t hash = hash_of_text(identity, seed_);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].second != UnitIndex::none_value;
       at = (at + 1) & mask) {
    const UnitIndex unit{slots_[at].second};
    if (slots_[at].first == tag_of(hash) &&
        snapshot_->identity(unit) == identity) {
      return unit;
    }
  }
  return std::nullopt;
}

std::size_t UnitFinder::byte_count() const {
  return slots_.size() * sizeof(Slot);
}

}  // namespace headrope
