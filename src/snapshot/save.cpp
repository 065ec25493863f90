// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Saving: the sections are written one after the other, summed on the way, and
// header and directory last, into their place before them.

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <set>
#include <string>
#include <system_error>
#include <unistd.h>

#include "base/pace.hpp"
#include "base/utf8.hpp"
#include "headrope/snapshot_file.hpp"
#include "snapshot/file_format.hpp"
#include "snapshot/file_head.hpp"

namespace headrope {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

std::string reason() { return std::generic_category().message(errno); }

Error unwritable(const std::filesystem::path& file, std::string_view what) {
  return {Code::file_unwritable,
          in_quotes(file.native()) + " " + std::string(what) + ": " + reason()};
}

// A file under another name in the folder of the one that is wanted; taken away
// at the end of its life unless it got its name.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path wanted)
      : wanted_(std::move(wanted)),
        folder_(wanted_.has_parent_path() ? wanted_.parent_path() : ".") {
    static std::atomic<unsigned> count = 0;
    constexpr int attempts_max = 100;
    for (int attempt = 0; attempt < attempts_max && descriptor_ < 0;
         ++attempt) {
      own_ = wanted_;
      own_ +=
          ".new-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
      descriptor_ =
          ::open(own_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor_ < 0 && errno != EEXIST) break;
    }
  }
  ~NewFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!has_its_name_) ::unlink(own_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  // Writes all bytes at a place of the file.
  Result<void> write_at(std::uint64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(),
                                     static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return unwritable(wanted_, "cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  // Brings it to the disk and gives it its name.
  Result<void> finish() {
    if (::fsync(descriptor_) != 0 ||
        std::rename(own_.c_str(), wanted_.c_str()) != 0) {
      return unwritable(wanted_, "cannot be written");
    }
    has_its_name_ = true;
    // The name is on the disk once its folder is; some systems cannot do it.
    const int opened = ::open(folder_.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened >= 0) {
      (void)::fsync(opened);
      ::close(opened);
    }
    return {};
  }

 private:
  std::filesystem::path wanted_;
  std::filesystem::path folder_;
  std::filesystem::path own_;
  int descriptor_ = -1;
  bool has_its_name_ = false;
};

// Takes the bytes of one section after the other.
class SectionWriter {
 public:
  SectionWriter(NewFile& file, std::uint64_t offset, Pace& pace)
      : file_(file), offset_(offset), pace_(pace) {
    buffer_.reserve(buffer_bytes);
  }

  void put(const void* bytes, std::size_t size) {
    if (buffer_.size() + size > buffer_bytes) flush();
    if (size >= buffer_bytes) {
      write({static_cast<const char*>(bytes), size});
    } else {
      buffer_.append(static_cast<const char*>(bytes), size);
    }
  }
  // Ends the section. @returns its checksum.
  [[nodiscard]] Checksum finish() {
    flush();
    const Checksum sum = sum_.finish();
    sum_ = {};
    const std::uint64_t next = aligned(offset_);
    constexpr std::array<char, section_alignment> zeros{};
    if (done_) done_ = file_.write_at(offset_, {zeros.data(), next - offset_});
    offset_ = next;
    return sum;
  }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] const Result<void>& done() const { return done_; }

 private:
  void flush() {
    write(buffer_);
    buffer_.clear();
  }
  void write(std::string_view bytes) {
    while (!bytes.empty() && done_) {
      const std::string_view piece = bytes.substr(0, buffer_bytes);
      sum_.add(std::as_bytes(std::span(piece)));
      done_ = file_.write_at(offset_, piece);
      offset_ += piece.size();
      bytes.remove_prefix(piece.size());
      pace_.advance(piece.size());
      pace_.tell();
    }
  }

  NewFile& file_;
  std::uint64_t offset_;
  Pace& pace_;
  std::string buffer_;
  Checksummer sum_;
  Result<void> done_;
};

// A section that is to be written.
struct Section {
  SectionEntry entry;
  std::function<void(SectionWriter&)> write;
};

// Copies members of a value over bytes that are zero, so that what lies between
// them is the same each time.
template <typename Value, typename... Members>
void copy_members(char* to, const Value& value, Members Value::*... members) {
  const auto* from = reinterpret_cast<const char*>(&value);
  const auto copy = [&](const auto& member) {
    const auto* bytes = reinterpret_cast<const char*>(&member);
    std::memcpy(to + (bytes - from), bytes, sizeof member);
  };
  (copy(value.*members), ...);
}

void copy(char* to, const MembershipSpan& value) {
  copy_members(to, value, &MembershipSpan::unit, &MembershipSpan::standing,
               &MembershipSpan::valid);
}
void copy(char* to, const AttendedRecord& value) {
  copy_members(to, value, &AttendedRecord::record, &AttendedRecord::measure,
               &AttendedRecord::unit, &AttendedRecord::valid,
               &AttendedRecord::value);
}
void copy(char* to, const Mark& value) {
  copy_members(to, value, &Mark::person, &Mark::attended, &Mark::presence);
}

template <typename Value>
void write_values(SectionWriter& to, std::span<const Value> values) {
  if constexpr (std::has_unique_object_representations_v<Value>) {
    to.put(values.data(), values.size_bytes());
  } else {
    for (const Value& value : values) {
      std::array<char, sizeof value> raw{};
      copy(raw.data(), value);
      to.put(raw.data(), raw.size());
    }
  }
}

// The sections of a snapshot, in the order of the file.
class SectionList {
 public:
  template <typename Value>
  void add(SectionKey key, std::span<const Value> values) {
    if (values.empty()) return;
    add(key, sizeof(Value), values.size(),
        [values](SectionWriter& to) { write_values(to, values); });
  }
  void add(SectionKey key, const Texts& texts) {
    if (texts.empty()) return;
    std::uint64_t bytes = 0;
    for (std::size_t at = 0; at < texts.size(); ++at) bytes += texts[at].size();
    if (bytes > UINT32_MAX) {
      add_offsets<std::uint64_t>(key, texts);
    } else {
      add_offsets<std::uint32_t>(key, texts);
    }
    if (bytes == 0) return;
    add(next_of(key), 1, bytes, [&texts](SectionWriter& to) {
      for (std::size_t at = 0; at < texts.size(); ++at) {
        to.put(texts[at].data(), texts[at].size());
      }
    });
  }
  // Bytes that the list keeps.
  void add(SectionKey key, std::string bytes) {
    const std::size_t size = bytes.size();
    if (size == 0) return;
    add(key, 1, size, [bytes = std::move(bytes)](SectionWriter& to) {
      to.put(bytes.data(), bytes.size());
    });
  }

  [[nodiscard]] std::vector<Section>& sorted() {
    std::sort(sections_.begin(), sections_.end(),
              [](const Section& left, const Section& right) {
                return left.entry.key() < right.entry.key();
              });
    return sections_;
  }

 private:
  template <typename Offset>
  void add_offsets(SectionKey key, const Texts& texts) {
    add(key, sizeof(Offset), texts.size() + 1, [&texts](SectionWriter& to) {
      Offset at = 0;
      to.put(&at, sizeof at);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        at += static_cast<Offset>(texts[i].size());
        to.put(&at, sizeof at);
      }
    });
  }
  static SectionKey next_of(SectionKey key) {
    return {static_cast<SectionId>(static_cast<std::uint32_t>(key.id) + 1),
            key.index};
  }
  void add(SectionKey key, std::size_t element_bytes, std::uint64_t count,
           std::function<void(SectionWriter&)> write) {
    Section section;
    section.entry.id = static_cast<std::uint32_t>(key.id);
    section.entry.index = key.index;
    section.entry.element_bytes = static_cast<std::uint32_t>(element_bytes);
    section.entry.count = count;
    section.write = std::move(write);
    sections_.push_back(std::move(section));
  }

  std::vector<Section> sections_;
};

// A bit for each record that the columns speak of, so that a file cannot name
// records out of all proportion to its size.
std::string known_records(const Snapshot::Columns& c) {
  std::string bits;
  const auto know = [&](std::uint32_t record) {
    if (bits.size() <= record / 8) bits.resize(record / 8 + 1, '\0');
    char& byte = bits[record / 8];
    byte = static_cast<char>(static_cast<unsigned char>(byte) |
                             (1U << (record % 8)));
  };
  for (const auto* of_type : {&c.unit_records, &c.person_records}) {
    for (const RecordColumns& records : *of_type) {
      for (const std::uint32_t record : records.record) know(record);
    }
  }
  for (const AttendedRecord& one : c.attended) know(one.record.value);
  for (const AttributeColumn& column :
       c.attributes[static_cast<std::size_t>(EntityType::record)]) {
    for (const std::uint32_t record : column.subjects) know(record);
  }
  return bits;
}

Result<void> check_figures(const Snapshot& snapshot,
                           std::span<const SavedFigure> figures) {
  std::set<std::string_view> names;
  for (const SavedFigure& figure : figures) {
    const auto refuse = [&](std::string_view why) {
      return Error{
          Code::invalid_argument,
          "the figure " + in_quotes(figure.name) + " " + std::string(why)};
    };
    if (figure.name.empty() || !names.insert(figure.name).second ||
        valid_utf8_size(figure.name) != figure.name.size()) {
      return refuse("needs a name of its own, in UTF-8");
    }
    if (figure.decimals > 9) return refuse("has more than 9 decimals");
    if (figure.values.size() != snapshot.unit_count() ||
        (!figure.has_value.empty() &&
         figure.has_value.size() != snapshot.unit_count())) {
      return refuse("does not have one value for each unit");
    }
    if (std::any_of(figure.has_value.begin(), figure.has_value.end(),
                    [](std::uint8_t has) { return has > 1; })) {
      return refuse("has a `has_value` that is neither 0 nor 1");
    }
  }
  return {};
}

SectionList sections_of(const Snapshot::Columns& c,
                        std::span<const SavedFigure> figures) {
  SectionList sections;
  each_column(c, [&](SectionKey key, std::size_t, const auto& column) {
    using Column = std::remove_cvref_t<decltype(column)>;
    if (key.id == SectionId::figure_value ||
        key.id == SectionId::figure_has_value) {
      return;  // Those that are saved are given.
    }
    if constexpr (std::is_same_v<Column, Texts>) {
      sections.add(key, column);
    } else {
      sections.add(key, std::span<const typename Column::value_type>(column));
    }
  });
  for (std::uint32_t at = 0; at < figures.size(); ++at) {
    sections.add({SectionId::figure_value, at}, figures[at].values);
    sections.add({SectionId::figure_has_value, at}, figures[at].has_value);
  }
  std::string known = known_records(c);
  FileCounts counts;
  counts.units = c.unit_kind.size();
  counts.persons = c.person_identity.size();
  counts.record_identities = c.record_identity.size();
  counts.records =
      std::max<std::uint64_t>(known.size() * 8, counts.record_identities);
  counts.posts = c.post_identity.size();
  counts.duties = c.duty_identity.size();
  sections.add({SectionId::known_records, 0}, std::move(known));
  sections.add({SectionId::head, 0}, write_head(c, counts, figures));
  sections.add({SectionId::responsibility, 0}, write_responsibility(c));
  return sections;
}

Result<void> write_file(NewFile& file, std::vector<Section>& sections,
                        Pace& pace) {
  std::uint64_t total = 0;
  for (const Section& section : sections) total += section.entry.byte_count();
  pace.begin("save", total);
  const std::uint64_t first =
      aligned(sizeof(FileHeader) + sections.size() * sizeof(SectionEntry));
  SectionWriter writer(file, first, pace);
  std::string start(first, '\0');
  for (std::size_t at = 0; at < sections.size(); ++at) {
    SectionEntry& entry = sections[at].entry;
    entry.offset = writer.offset();
    sections[at].write(writer);
    entry.checksum = writer.finish();
    if (!writer.done()) return writer.done();
    std::memcpy(start.data() + sizeof(FileHeader) + at * sizeof entry, &entry,
                sizeof entry);
  }
  FileHeader header;
  header.file_bytes = writer.offset();
  header.section_count = sections.size();
  const auto directory = std::string_view(start).substr(
      sizeof header, sections.size() * sizeof(SectionEntry));
  header.directory_checksum = checksum_of(std::as_bytes(std::span(directory)));
  header.header_checksum =
      checksum_of(std::as_bytes(std::span(&header, 1))
                      .first(sizeof header - sizeof header.header_checksum));
  std::memcpy(start.data(), &header, sizeof header);
  return file.write_at(0, start);
}

}  // namespace

Result<void> save_snapshot(const Snapshot& snapshot,
                           const std::filesystem::path& file,
                           const SaveOptions& options) {
  Pace pace(options.progress);
  return until_stopped("saving", [&]() -> Result<void> {
    if (auto good = check_figures(snapshot, options.figures); !good) {
      return good;
    }
    if (file.native().find('\0') != std::string::npos) {
      return Error{Code::file_unwritable,
                   in_quotes(file.native()) + " holds a zero byte"};
    }
    const Snapshot::Columns& columns = snapshot.columns();
    if (columns.guard != nullptr) {
      if (auto good = columns.guard->need_all(1, {}); !good) return good;
    }
    SectionList sections = sections_of(columns, options.figures);
    NewFile made(file);
    if (!made.is_open()) return unwritable(file, "cannot be made");
    if (auto done = write_file(made, sections.sorted(), pace); !done) {
      return done;
    }
    return made.finish();
  });
}

}  // namespace headrope
