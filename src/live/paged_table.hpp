// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A table of numbers by place that one writer changes while readers keep the
// state of their moment: a tree of small pages, of which the writer copies what
// a moment still sees and changes in place what none does.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace headrope {

/// What a page begins with. An inner page goes on with `fan` pointers, a leaf
/// with the numbers of `fan` places, column by column.
struct PageHead {
  std::uint64_t birth = 0;   ///< the epoch that made it
  PageHead* next = nullptr;  ///< in a list of free or of retired pages
};

/// Pages of one size, given out and taken back without asking the system.
/// @threads That of the writer.
class PagePool {
 public:
  static constexpr std::size_t pages_per_block = 64;

  /// @param page_bytes with the head, a multiple of 8.
  explicit PagePool(std::size_t page_bytes) : page_bytes_(page_bytes) {}

  /// A page whose head is empty; the rest is whatever it was.
  /// @throws std::bad_alloc, having changed nothing.
  [[nodiscard]] PageHead* take() {
    if (free_ == nullptr) add_block(pages_per_block);
    return new (std::exchange(free_, free_->next)) PageHead();
  }
  /// Takes a page back.
  void give_back(PageHead* page) noexcept {
    page->next = free_;
    free_ = page;
  }
  /// Makes room for so many pages, which `take` then gives in the order of
  /// their addresses.
  void add_block(std::size_t pages);
  /// What its blocks take.
  [[nodiscard]] std::size_t byte_count() const { return byte_count_; }

 private:
  std::size_t page_bytes_;
  std::vector<std::unique_ptr<std::uint64_t[]>> blocks_;
  PageHead* free_ = nullptr;
  std::size_t byte_count_ = 0;
};

/// Which moments are alive, and the pages that only they see.
///
/// Epochs count the moments that were taken. A page is seen by the moments of
/// the epochs from its birth on until it was retired; it is kept by the newest
/// of those alive, and handed to the next older one when that one ends.
/// @threads That of the writer.
class Epochs {
 public:
  /// A moment that is alive, or has ended and is not yet cleared away.
  struct Mark {
    std::uint64_t epoch = 0;
    Mark* older = nullptr;
    Mark* newer = nullptr;
    Mark* next_ended = nullptr;
    std::vector<PageHead*> leaves;  ///< retired, by table
    std::vector<PageHead*> inner;   ///< the same of inner pages
  };

  Epochs() = default;
  Epochs(const Epochs&) = delete;
  Epochs& operator=(const Epochs&) = delete;
  ~Epochs() {
    while (newest_ != nullptr) delete std::exchange(newest_, newest_->older);
  }

  /// The epoch in which new pages are born.
  [[nodiscard]] std::uint64_t now() const { return now_; }
  /// True if a moment that is alive sees a page.
  [[nodiscard]] bool is_seen(const PageHead& page) const {
    return newest_ != nullptr && page.birth <= newest_->epoch;
  }
  /// The newest moment alive; nullptr if there is none.
  [[nodiscard]] Mark* newest() const { return newest_; }

  /// Takes a moment: from here on, all pages there are are seen.
  [[nodiscard]] Mark* take(std::size_t table_count);
  /// Ends one; `give_back(table, page, is_leaf)` gets each page that no moment
  /// sees any more.
  template <typename GiveBack>
  void end(Mark* mark, const GiveBack& give_back) noexcept;

 private:
  template <typename Done>
  static void hand_down(PageHead* list, Mark* older, PageHead** to,
                        const Done& done) noexcept;

  std::uint64_t now_ = 1;
  Mark* newest_ = nullptr;
};

template <typename Done>
void Epochs::hand_down(PageHead* list, Mark* older, PageHead** to,
                       const Done& done) noexcept {
  while (list != nullptr) {
    PageHead* const page = std::exchange(list, list->next);
    if (older != nullptr && page->birth <= older->epoch) {
      page->next = *to;
      *to = page;
    } else {
      done(page);
    }
  }
}

template <typename GiveBack>
void Epochs::end(Mark* mark, const GiveBack& give_back) noexcept {
  Mark* const older = mark->older;
  for (std::size_t table = 0; table < mark->leaves.size(); ++table) {
    hand_down(mark->leaves[table], older,
              older == nullptr ? nullptr : &older->leaves[table],
              [&](PageHead* page) { give_back(table, page, true); });
    hand_down(mark->inner[table], older,
              older == nullptr ? nullptr : &older->inner[table],
              [&](PageHead* page) { give_back(table, page, false); });
  }
  if (older != nullptr) older->newer = mark->newer;
  (mark->newer != nullptr ? mark->newer->older : newest_) = older;
  delete mark;
}

/// Numbers by place, in one or several columns.
///
/// @threads One writer. `at` and `copy` of a root that a moment holds: any
///   thread while the moment lives.
template <typename Number>
class PagedTable {
 public:
  static constexpr unsigned fan_bits = 6;
  static constexpr std::size_t fan = std::size_t{1} << fan_bits;

  /// A table of zeros. @param number of the table among those of `epochs`.
  PagedTable(Epochs& epochs, std::size_t number, std::size_t place_count,
             std::size_t column_count)
      : epochs_(epochs),
        number_(number),
        place_count_(place_count),
        column_count_(column_count),
        leaves_(sizeof(PageHead) +
                rounded(column_count * fan * sizeof(Number))),
        inner_(sizeof(PageHead) + fan * sizeof(PageHead*)) {
    build();
  }

  [[nodiscard]] const PageHead* root() const { return root_; }
  [[nodiscard]] std::size_t place_count() const { return place_count_; }

  /// The number of a place in a state. @complexity O(log places).
  [[nodiscard]] Number at(const PageHead* root, std::size_t place,
                          std::size_t column) const {
    return numbers(leaf_of(root, place))[column * fan + place % fan];
  }
  /// Copies a column of a state. `out` has one number for each place.
  template <typename Out>
  void copy(const PageHead* root, std::size_t column,
            std::span<Out> out) const {
    for (std::size_t first = 0; first < place_count_; first += fan) {
      const Number* const from = numbers(leaf_of(root, first)) + column * fan;
      std::copy_n(from, std::min(fan, place_count_ - first),
                  out.data() + first);
    }
  }

  /// Where the numbers of the page of a place may be changed: those of column c
  /// begin at c * fan. @throws std::bad_alloc, no number having changed.
  [[nodiscard]] Number* writable(std::size_t place) {
    PageHead** slot = &root_;
    for (unsigned level = height_; level > 0; --level) {
      make_own(slot, inner_, &Epochs::Mark::inner, fan * sizeof(PageHead*));
      slot = &children(*slot)[(place >> (fan_bits * level)) % fan];
    }
    make_own(slot, leaves_, &Epochs::Mark::leaves,
             column_count_ * fan * sizeof(Number));
    return numbers(*slot);
  }

  /// Sets a column while nobody sees the table yet.
  template <typename In>
  void fill(std::size_t column, std::span<const In> values) {
    for (std::size_t first = 0; first < place_count_; first += fan) {
      Number* const to = numbers(leaf_of(root_, first)) + column * fan;
      const std::size_t count = std::min(fan, place_count_ - first);
      for (std::size_t at = 0; at < count; ++at) {
        to[at] = static_cast<Number>(values[first + at]);
      }
    }
  }

  /// Takes a page back that no moment sees.
  void give_back(PageHead* page, bool is_leaf) noexcept {
    (is_leaf ? leaves_ : inner_).give_back(page);
  }
  [[nodiscard]] std::size_t byte_count() const {
    return leaves_.byte_count() + inner_.byte_count();
  }

 private:
  static constexpr std::size_t rounded(std::size_t bytes) {
    return (bytes + 7) / 8 * 8;
  }
  static Number* numbers(PageHead* page) {
    return reinterpret_cast<Number*>(page + 1);
  }
  static const Number* numbers(const PageHead* page) {
    return reinterpret_cast<const Number*>(page + 1);
  }
  static PageHead** children(PageHead* page) {
    return reinterpret_cast<PageHead**>(page + 1);
  }
  static PageHead* const* children(const PageHead* page) {
    return reinterpret_cast<PageHead* const*>(page + 1);
  }
  [[nodiscard]] const PageHead* leaf_of(const PageHead* page,
                                        std::size_t place) const {
    for (unsigned level = height_; level > 0; --level) {
      page = children(page)[(place >> (fan_bits * level)) % fan];
    }
    return page;
  }
  [[nodiscard]] PageHead* leaf_of(PageHead* page, std::size_t place) const {
    return const_cast<PageHead*>(
        leaf_of(static_cast<const PageHead*>(page), place));
  }

  // Puts a copy into the slot if a moment sees the page, which is retired.
  void make_own(PageHead** slot, PagePool& pool,
                std::vector<PageHead*> Epochs::Mark::* retired,
                std::size_t bytes) {
    PageHead* const seen = *slot;
    if (!epochs_.is_seen(*seen)) return;
    PageHead* const own = pool.take();
    own->birth = epochs_.now();
    const auto* const from = reinterpret_cast<const std::byte*>(seen + 1);
    std::copy_n(from, bytes, reinterpret_cast<std::byte*>(own + 1));
    PageHead*& list = (epochs_.newest()->*retired)[number_];
    // A reader may be looking at the page, but never at `next`.
    seen->next = list;
    list = seen;
    *slot = own;
  }

  void build();

  Epochs& epochs_;
  std::size_t number_;
  std::size_t place_count_;
  std::size_t column_count_;
  PagePool leaves_;
  PagePool inner_;
  unsigned height_ = 0;  // Levels of inner pages.
  PageHead* root_ = nullptr;
};

template <typename Number>
void PagedTable<Number>::build() {
  std::size_t count = std::max<std::size_t>(1, (place_count_ + fan - 1) / fan);
  leaves_.add_block(count);
  std::vector<PageHead*> level(count);
  for (PageHead*& page : level) {
    page = leaves_.take();
    page->birth = epochs_.now();
    std::fill_n(numbers(page), column_count_ * fan, Number{});
  }
  while (level.size() > 1) {
    std::vector<PageHead*> upper((level.size() + fan - 1) / fan);
    inner_.add_block(upper.size());
    for (std::size_t at = 0; at < upper.size(); ++at) {
      upper[at] = inner_.take();
      upper[at]->birth = epochs_.now();
      for (std::size_t child = 0; child < fan; ++child) {
        const std::size_t from = at * fan + child;
        children(upper[at])[child] =
            from < level.size() ? level[from] : nullptr;
      }
    }
    level = std::move(upper);
    ++height_;
  }
  root_ = level.front();
}

}  // namespace headrope
