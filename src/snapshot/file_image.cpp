// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Mapping and reading, by POSIX.

#include "snapshot/file_image.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <new>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/utf8.hpp"

namespace headrope {
namespace {

constexpr std::align_val_t alignment{64};

std::string reason() { return std::generic_category().message(errno); }

// An open file; closed at the end of its life.
class OpenedFile {
 public:
  explicit OpenedFile(const std::filesystem::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Error changed() {
  return {Code::file_damaged, "it became shorter or longer while it was read"};
}

// Reads exactly `size` bytes.
Result<void> read_all(int descriptor, std::byte* to, std::size_t size) {
  constexpr std::size_t piece = std::size_t{1} << 30U;
  while (size > 0) {
    const ssize_t count = ::read(descriptor, to, std::min(size, piece));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return Error{Code::file_unreadable, "reading failed: " + reason()};
    }
    if (count == 0) return changed();
    to += count;
    size -= static_cast<std::size_t>(count);
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<const FileImage>> FileImage::open(
    const std::filesystem::path& file, bool into_memory) {
  if (file.native().find('\0') != std::string::npos) {
    return Error{Code::file_unreadable, "a path cannot hold a zero byte"};
  }
  const OpenedFile opened(file);
  if (opened.descriptor() < 0) {
    return Error{Code::file_unreadable, "it cannot be opened: " + reason()};
  }
  struct stat status = {};
  if (::fstat(opened.descriptor(), &status) != 0) {
    return Error{Code::file_unreadable, "it cannot be read: " + reason()};
  }
  if (!S_ISREG(status.st_mode)) {
    return Error{Code::file_unreadable, "it is not a file"};
  }
  if (status.st_size <= 0) return Error{Code::file_damaged, "it is empty"};
  const auto size = static_cast<std::size_t>(status.st_size);
  const std::shared_ptr<FileImage> image(new FileImage);
  if (into_memory) {
    image->data_ =
        static_cast<std::byte*>(::operator new(size, alignment, std::nothrow));
    if (image->data_ == nullptr) {
      return Error{Code::out_of_memory, "no memory left for a file of " +
                                            std::to_string(size) + " bytes"};
    }
    image->size_ = size;
    if (auto done = read_all(opened.descriptor(), image->data_, size); !done) {
      return done.error();
    }
  } else {
    void* map =
        ::mmap(nullptr, size, PROT_READ, MAP_SHARED, opened.descriptor(), 0);
    if (map == MAP_FAILED) {
      return Error{Code::file_unreadable, "it cannot be mapped: " + reason()};
    }
    image->data_ = static_cast<std::byte*>(map);
    image->size_ = size;
    image->is_mapped_ = true;
  }
  if (::fstat(opened.descriptor(), &status) != 0 ||
      static_cast<std::size_t>(status.st_size) != size) {
    return changed();
  }
  return std::shared_ptr<const FileImage>(image);
}

FileImage::~FileImage() {
  if (is_mapped_) {
    ::munmap(data_, size_);
  } else {
    ::operator delete(data_, alignment);
  }
}

void FileImage::will_read(std::span<const std::byte> some) const {
#if defined(MADV_POPULATE_READ)
  constexpr int populate = MADV_POPULATE_READ;
#elif defined(__linux__)
  constexpr int populate = 22;  // Since Linux 5.14; older ones refuse it.
#endif
#if defined(MADV_POPULATE_READ) || defined(__linux__)
  constexpr std::size_t page = 4096;
  if (!is_mapped_ || some.size() < 16 * page) return;
  const auto first =
      static_cast<std::size_t>(some.data() - data_) / page * page;
  const auto last = static_cast<std::size_t>(some.data() - data_) + some.size();
  // That it is refused costs time and nothing else.
  (void)::madvise(data_ + first, last - first, populate);
#else
  (void)some;
#endif
}

}  // namespace headrope
