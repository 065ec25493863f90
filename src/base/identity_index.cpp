// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "base/identity_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/checked.hpp"
#include "base/short_text.hpp"
#include "base/text_hash.hpp"

namespace headrope {
namespace {

constexpr std::size_t batch_size = 64;

}  // namespace

std::uint32_t IdentityIndex::find_hashed(std::string_view text,
                                         std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id == none) return none;
    if (slot.tag == tag_of(hash) && same_text(texts_of_id_[slot.id], text)) {
      return slot.id;
    }
  }
}

std::uint32_t IdentityIndex::find(std::string_view text) const {
  return slots_.empty() ? none : find_hashed(text, hash_of_text(text, seed_));
}

struct IdentityIndex::Asked {
  std::array<std::uint64_t, batch_size> hashes{};
};

// Neighbouring rows often name the same thing, or, in another table of the same
// order, the next one: such need no hash. Goes on as long as that holds, and
// gives where it ends.
std::size_t IdentityIndex::follow(std::span<const std::string_view> texts,
                                  std::span<std::uint32_t> ids,
                                  std::size_t at) const {
  if (at < 2 || ids[at - 1] == none || ids[at - 1] - ids[at - 2] > 1) return at;
  for (; at < texts.size(); ++at) {
    const std::uint32_t last = ids[at - 1];
    if (same_text(texts[at], texts[at - 1])) {
      ids[at] = last;
    } else if (last + 1 < size() &&
               same_text(texts[at], texts_of_id_[last + 1])) {
      ids[at] = last + 1;
    } else {
      break;
    }
  }
  return at;
}

// Hashes a batch, and has all that its look-ups will read brought in: the
// slots, the views of what is likely found, and its texts.
void IdentityIndex::ask(Asked& asked, std::span<const std::string_view> texts,
                        std::size_t from, std::size_t until) const {
  const std::size_t mask = slots_.size() - 1;
  const std::size_t count = until - from;
  for (std::size_t i = 0; i < count; ++i) {
    asked.hashes[i] = hash_of_text(texts[from + i], seed_);
    __builtin_prefetch(&slots_[asked.hashes[i] & mask]);
  }
  // Which id a text is likely to have.
  std::array<std::uint32_t, batch_size> likely{};
  for (std::size_t i = 0; i < count; ++i) {
    likely[i] = none;
    const std::uint32_t tag = tag_of(asked.hashes[i]);
    for (std::size_t at = asked.hashes[i] & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.id == none) break;
      if (slot.tag != tag) continue;
      likely[i] = slot.id;
      __builtin_prefetch(&texts_of_id_[slot.id]);
      break;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (likely[i] == none) continue;
    __builtin_prefetch(texts_of_id_[likely[i]].data());
  }
}

void IdentityIndex::find_all(std::span<const std::string_view> texts,
                             std::span<std::uint32_t> ids) const {
  if (slots_.empty()) {
    for (std::uint32_t& id : ids) id = none;
    return;
  }
  Asked asked;
  std::size_t from = 0;
  while (from < texts.size()) {
    from = follow(texts, ids, from);
    const std::size_t until = std::min(from + batch_size, texts.size());
    ask(asked, texts, from, until);
    for (std::size_t at = from; at < until; ++at) {
      ids[at] = at > 0 && same_text(texts[at], texts[at - 1])
                    ? ids[at - 1]
                    : find_hashed(texts[at], asked.hashes[at - from]);
    }
    from = until;
  }
}

void IdentityIndex::find_or_add_all(std::span<const std::string_view> texts,
                                    std::span<std::uint32_t> ids) {
  if (slots_.empty()) rebuild(16);
  Asked asked;
  for (std::size_t from = 0; from < texts.size();) {
    const std::size_t until = std::min(from + batch_size, texts.size());
    ask(asked, texts, from, until);
    const std::uint64_t seed = seed_;
    std::size_t at = from;
    // Another seed makes the hashes worthless; it is as good as never needed.
    for (; at < until && seed_ == seed; ++at) {
      ids[at] = at > 0 && same_text(texts[at], texts[at - 1])
                    ? ids[at - 1]
                    : find_or_add_hashed(texts[at], asked.hashes[at - from]);
    }
    from = at;
  }
}

std::uint32_t IdentityIndex::find_or_add(std::string_view text) {
  if (slots_.empty()) rebuild(16);
  return find_or_add_hashed(text, hash_of_text(text, seed_));
}

std::uint32_t IdentityIndex::find_or_add_hashed(std::string_view text,
                                                std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  std::size_t probes = 0;
  for (; slots_[at].id != none; at = (at + 1) & mask, ++probes) {
    if (slots_[at].tag == tag_of(hash) &&
        same_text(texts_of_id_[slots_[at].id], text)) {
      return slots_[at].id;
    }
  }
  const auto id = static_cast<std::uint32_t>(texts_of_id_.size());
  texts_of_id_.push_back(texts_->keep(text));
  if (texts_of_id_.size() * 2 <= slots_.size() && probes <= hash_probes_max) {
    slots_[at] = {tag_of(hash), id};
    return id;
  }
  try {
    rebuild(probes > hash_probes_max ? slots_.size() : slots_.size() * 2);
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
  std::size_t at = hash_of_text(texts_of_id_[id], seed_) & mask;
  while (slots_[at].id != id) {
    if (slots_[at].id == none) return;  // Never came into the slots.
    at = (at + 1) & mask;
  }
  for (std::size_t next = (at + 1) & mask; slots_[next].id != none;
       next = (next + 1) & mask) {
    const std::size_t home =
        hash_of_text(texts_of_id_[slots_[next].id], seed_) & mask;
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
    if (probes == hash_probes_max) return false;
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
      complete = insert(id, hash_of_text(texts_of_id_[id], seed_));
    }
    if (complete) return;
    seed_ = next_hash_seed(seed_, attempt);
    if (attempt % 4 == 0) slot_count *= 2;
  }
}

}  // namespace headrope
