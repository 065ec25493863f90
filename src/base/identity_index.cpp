// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The hash multiplies 64-bit words into 128 bits and folds them, as wyhash
// does; it is not cryptographic, which is why long probes change the seed.

#include "base/identity_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/checked.hpp"

namespace headrope {
namespace {

constexpr std::size_t probes_max = 128;
constexpr std::size_t batch_size = 32;

std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
  __extension__ using uint128 = unsigned __int128;
  const uint128 product = uint128{left} * right;
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t read_bytes(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  // An empty text may have no address, which memcpy must not be given.
  if (count > 0) std::memcpy(&word, bytes, count);
  return word;
}

std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

std::uint64_t IdentityIndex::hash_of(std::string_view text) const {
  constexpr std::uint64_t factor = 0xD6E8FEB86659FD93ULL;
  std::uint64_t state = seed_ ^ (text.size() * factor);
  const char* bytes = text.data();
  std::size_t left = text.size();
  for (; left > 8; left -= 8, bytes += 8) {
    state = fold(read_bytes(bytes, 8) ^ state, factor ^ seed_);
  }
  return fold(read_bytes(bytes, left) ^ state, factor + seed_);
}

std::uint32_t IdentityIndex::find_hashed(std::string_view text,
                                         std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id == none) return none;
    if (slot.tag == tag_of(hash) && texts_of_id_[slot.id] == text) {
      return slot.id;
    }
  }
}

std::uint32_t IdentityIndex::find(std::string_view text) const {
  return slots_.empty() ? none : find_hashed(text, hash_of(text));
}

void IdentityIndex::find_all(std::span<const std::string_view> texts,
                             std::span<std::uint32_t> ids) const {
  if (slots_.empty()) {
    for (std::uint32_t& id : ids) id = none;
    return;
  }
  const std::size_t mask = slots_.size() - 1;
  std::array<std::uint64_t, batch_size> hashes{};
  for (std::size_t start = 0; start < texts.size(); start += batch_size) {
    const std::size_t count = std::min(batch_size, texts.size() - start);
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = hash_of(texts[start + i]);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Slot& slot = slots_[hashes[i] & mask];
      if (slot.id != none) __builtin_prefetch(&texts_of_id_[slot.id]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Slot& slot = slots_[hashes[i] & mask];
      if (slot.id != none) __builtin_prefetch(texts_of_id_[slot.id].data());
    }
    for (std::size_t i = 0; i < count; ++i) {
      // Neighbouring rows often name the same thing.
      const std::size_t at = start + i;
      ids[at] = at > 0 && texts[at] == texts[at - 1]
                    ? ids[at - 1]
                    : find_hashed(texts[at], hashes[i]);
    }
  }
}

std::uint32_t IdentityIndex::find_or_add(std::string_view text) {
  if (slots_.empty()) rebuild(16);
  const std::uint64_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  std::size_t probes = 0;
  for (; slots_[at].id != none; at = (at + 1) & mask, ++probes) {
    if (slots_[at].tag == tag_of(hash) && texts_of_id_[slots_[at].id] == text) {
      return slots_[at].id;
    }
  }
  const auto id = static_cast<std::uint32_t>(texts_of_id_.size());
  texts_of_id_.push_back(texts_->keep(text));
  if (texts_of_id_.size() * 2 <= slots_.size() && probes <= probes_max) {
    slots_[at] = {tag_of(hash), id};
    return id;
  }
  try {
    rebuild(probes > probes_max ? slots_.size() : slots_.size() * 2);
  } catch (...) {
    texts_of_id_.pop_back();  // As if it had not been asked for.
    throw;
  }
  return id;
}

void IdentityIndex::truncate(std::size_t count) noexcept {
  while (texts_of_id_.size() > count) {
    erase(static_cast<std::uint32_t>(texts_of_id_.size() - 1));
    texts_of_id_.pop_back();
  }
}

// Takes a string out of the slots and moves those behind it up, so that no
// probe ends too early.
void IdentityIndex::erase(std::uint32_t id) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(texts_of_id_[id]) & mask;
  while (slots_[at].id != id) {
    if (slots_[at].id == none) return;  // Never came into the slots.
    at = (at + 1) & mask;
  }
  for (std::size_t next = (at + 1) & mask; slots_[next].id != none;
       next = (next + 1) & mask) {
    const std::size_t home = hash_of(texts_of_id_[slots_[next].id]) & mask;
    if (((next - home) & mask) < ((next - at) & mask)) continue;
    slots_[at] = slots_[next];
    at = next;
  }
  slots_[at] = Slot{};
}

void IdentityIndex::reserve(std::size_t count) {
  texts_of_id_.reserve(count);
  if (const std::size_t wanted = std::bit_ceil(count * 2);
      wanted > slots_.size()) {
    rebuild(wanted);
  }
}

bool IdentityIndex::insert(std::uint32_t id, std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (std::size_t probes = 0; slots_[at].id != none; ++probes) {
    if (probes == probes_max) return false;
    at = (at + 1) & mask;
  }
  slots_[at] = {tag_of(hash), id};
  return true;
}

void IdentityIndex::rebuild(std::size_t slot_count) {
  // A seed that fails is replaced; should many fail, the table grows too, so
  // that this ends whatever the keys are.
  for (std::size_t attempt = 1;; ++attempt) {
    if (slots_.size() == slot_count) {
      std::fill(slots_.begin(), slots_.end(), Slot{});
    } else {
      std::vector<Slot, HugePageAllocator<Slot>> wider(slot_count, Slot{});
      slots_.swap(wider);
    }
    bool complete = true;
    for (std::uint32_t id = 0; id < texts_of_id_.size() && complete; ++id) {
      complete = insert(id, hash_of(texts_of_id_[id]));
    }
    if (complete) return;
    seed_ = fold(seed_, 0xA0761D6478BD642FULL + attempt);
    if (attempt % 4 == 0) slot_count *= 2;
  }
}

}  // namespace headrope
