// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Opening: columns look into the file at once; what they show is looked at part
// by part, now or when it is asked for.

#include <array>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "headrope/snapshot_file.hpp"
#include "snapshot/check_parts.hpp"
#include "snapshot/column_list.hpp"
#include "snapshot/file_format.hpp"
#include "snapshot/file_image.hpp"

namespace headrope {
namespace {

// The sections of a column: of texts, where they begin and their bytes.
struct Lying {
  const SectionEntry* entry = nullptr;
  const SectionEntry* bytes = nullptr;
  bool is_text = false;
};

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <typename Value>
std::span<const Value> values_of(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<Value> &&
                alignof(Value) <= section_alignment);
  return {reinterpret_cast<const Value*>(bytes.data()),
          bytes.size() / sizeof(Value)};
}

// A part as people know it.
std::string part_name(const Snapshot::Columns& c, std::size_t part) {
  constexpr std::array<std::string_view, part::fixed_count> names{
      "the units",
      "the identities of the units",
      "the names of the units",
      "the codes of the units",
      "the persons",
      "the members",
      "the memberships",
      "the attendance",
      "the identities of the records",
      "the responsibility"};
  if (part < names.size()) return std::string(names[part]);
  if (part < part::of_records(c, 0, false)) {
    const Forest& forest = c.forests[part - part::of_forest(0)];
    return "the hierarchy " +
           in_quotes(c.hierarchies[forest.hierarchy().value].id);
  }
  if (part < part::of_attribute(c, 0, 0)) {
    const std::size_t at = part - part::of_records(c, 0, false);
    return "the records of " + in_quotes(c.measures[at / 2].id);
  }
  if (part < part::of_figure(c, 0)) {
    const std::size_t at = part - part::of_attribute(c, 0, 0);
    return "the attribute " + in_quotes(c.attribute_names[at / 4]);
  }
  return "the figure " +
         in_quotes(c.figures[part - part::of_figure(c, 0)].name);
}

// A file while it is opened, and afterwards as long as parts of it are unseen.
class OpenedFile {
 public:
  OpenedFile(std::string name, std::shared_ptr<const FileImage> image,
             FileDirectory directory)
      : name_(std::move(name)),
        image_(std::move(image)),
        directory_(std::move(directory)) {}

  // Reads the head and lets the columns look into the file.
  Result<void> fill(Snapshot::Columns& columns) {
    columns_ = &columns;
    columns.file = image_;
    const auto* head = directory_.find({SectionId::head, 0});
    if (head == nullptr) return damaged("the head", "it is not there");
    std::size_t used = 1;
    if (const auto fault = fault_of(*head); !fault.empty()) {
      return damaged("the head", fault);
    }
    if (const auto fault = read_head(text_of(directory_.bytes(*head)), columns,
                                     checked_counts_);
        !fault.empty()) {
      return damaged("the head", fault);
    }
    const auto* known = directory_.find({SectionId::known_records, 0});
    if (known != nullptr) {
      ++used;
      if (const auto fault = fault_of(*known); !fault.empty()) {
        return damaged("the list of records", fault);
      }
      known_records_ = directory_.bytes(*known);
    }
    lying_.resize(part::count(columns));
    lay(part::responsibility, {SectionId::responsibility, 0}, used);
    bool fits = true;
    each_column(columns, [&](SectionKey key, std::size_t part, auto& column) {
      fits = bind(key, part, column, used) && fits;
    });
    if (!fits || used != directory_.entries().size()) {
      return damaged("the directory", "a section is not one of this version");
    }
    if (const auto fault = sizes_fault(checked()); !fault.empty()) {
      return damaged("the directory", fault);
    }
    return {};
  }

  // Looks at a part.
  Result<void> look_at(std::size_t part) {
    const auto wrong = [&](std::string_view fault) {
      return damaged(part_name(*columns_, part), fault);
    };
    for (const Lying& column : lying_[part]) {
      for (const SectionEntry* entry : {column.entry, column.bytes}) {
        if (entry == nullptr) continue;
        const auto fault = fault_of(*entry);
        if (!fault.empty()) return wrong(fault);
      }
      if (!column.is_text) continue;
      const auto fault = texts_fault_of(column);
      if (!fault.empty()) return wrong(fault);
    }
    if (part == part::responsibility) {
      const SectionEntry* entry =
          lying_[part].empty() ? nullptr : lying_[part].front().entry;
      if (entry == nullptr) return wrong("it is not there");
      const auto fault = read_responsibility(text_of(directory_.bytes(*entry)),
                                             *columns_, checked_counts_);
      if (!fault.empty()) return wrong(fault);
      return {};
    }
    const auto fault = part_fault(checked(), part);
    if (!fault.empty()) return wrong(fault);
    return {};
  }

 private:
  [[nodiscard]] Error damaged(std::string_view what,
                              std::string_view fault) const {
    return {Code::file_damaged,
            name_ + ": " + std::string(what) + ": " + std::string(fault)};
  }
  [[nodiscard]] CheckedColumns checked() const {
    return {*columns_, checked_counts_, known_records_};
  }
  [[nodiscard]] std::string_view fault_of(const SectionEntry& entry) const {
    image_->will_read(directory_.bytes(entry));
    return directory_.fault_of(entry);
  }
  [[nodiscard]] std::string_view texts_fault_of(const Lying& column) const {
    const auto bytes = column.bytes == nullptr
                           ? std::string_view{}
                           : text_of(directory_.bytes(*column.bytes));
    if (column.entry == nullptr) {
      return texts_fault(std::span<const std::uint32_t>{}, bytes);
    }
    const auto offsets = directory_.bytes(*column.entry);
    return column.entry->element_bytes == sizeof(std::uint32_t)
               ? texts_fault(values_of<std::uint32_t>(offsets), bytes)
               : texts_fault(values_of<std::uint64_t>(offsets), bytes);
  }

  // Notes that a section belongs to a part.
  const SectionEntry* lay(std::size_t part, SectionKey key, std::size_t& used) {
    const SectionEntry* entry = directory_.find(key);
    if (entry == nullptr) return nullptr;
    ++used;
    lying_[part].push_back({entry, nullptr, false});
    return entry;
  }
  template <typename Value>
  bool bind(SectionKey key, std::size_t part, FrozenColumn<Value>& column,
            std::size_t& used) {
    const SectionEntry* entry = lay(part, key, used);
    if (entry == nullptr) return true;
    if (entry->element_bytes != sizeof(Value)) return false;
    column = FrozenColumn<Value>::looking_at(
        values_of<Value>(directory_.bytes(*entry)));
    return true;
  }
  bool bind(SectionKey key, std::size_t part, Texts& texts, std::size_t& used) {
    const SectionEntry* entry = directory_.find(key);
    const SectionEntry* bytes = directory_.find(
        {static_cast<SectionId>(static_cast<std::uint32_t>(key.id) + 1),
         key.index});
    used += (entry != nullptr ? 1U : 0U) + (bytes != nullptr ? 1U : 0U);
    if (entry == nullptr) return bytes == nullptr;
    if (bytes != nullptr && bytes->element_bytes != 1) return false;
    lying_[part].push_back({entry, bytes, true});
    const char* first =
        bytes == nullptr ? "" : text_of(directory_.bytes(*bytes)).data();
    const auto offsets = directory_.bytes(*entry);
    if (entry->element_bytes == sizeof(std::uint32_t)) {
      texts = Texts(values_of<std::uint32_t>(offsets), first);
      return true;
    }
    texts = Texts(values_of<std::uint64_t>(offsets), first);
    return entry->element_bytes == sizeof(std::uint64_t);
  }

  std::string name_;
  std::shared_ptr<const FileImage> image_;
  FileDirectory directory_;
  Snapshot::Columns* columns_ = nullptr;
  FileCounts checked_counts_;
  std::span<const std::byte> known_records_;
  std::vector<std::vector<Lying>> lying_;  // By part.
};

Error in_file(const std::filesystem::path& file, const Error& error) {
  return {error.code, in_quotes(file.native()) + ": " + error.message};
}

}  // namespace

Result<std::shared_ptr<const Snapshot>> open_snapshot(
    const std::filesystem::path& file, const OpenOptions& options) {
  auto image = FileImage::open(file, options.into_memory);
  if (!image) return in_file(file, image.error());
  auto directory = FileDirectory::read((*image)->bytes());
  if (!directory) return in_file(file, directory.error());
  auto opened = std::make_shared<OpenedFile>(
      in_quotes(file.native()), *std::move(image), *std::move(directory));
  auto columns = std::make_unique<Snapshot::Columns>();
  if (auto done = opened->fill(*columns); !done) return done.error();
  columns->guard = std::make_unique<PartGuard>(
      part::count(*columns),
      [opened](std::size_t part) { return opened->look_at(part); });
  if (options.verify == Verify::at_open) {
    auto good = columns->guard->need_all(options.threads, options.progress);
    if (!good) return good.error();
    columns->guard.reset();
  }
  return std::shared_ptr<const Snapshot>(
      std::make_shared<Snapshot>(std::move(columns)));
}

}  // namespace headrope
