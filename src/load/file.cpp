// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// POSIX openat, one component of the path after the other, so that no link is
// followed at any of them, not even one put there meanwhile.

#include "load/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/utf8.hpp"

namespace headrope {
namespace {

std::string reason() {
  return std::error_code(errno, std::generic_category()).message();
}

Error refused(std::string_view path, std::string_view why) {
  return {Code::path_refused, in_quotes(path) + " " + std::string(why)};
}

bool is_link(int folder, const std::string& name) {
  struct stat status = {};
  return fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISLNK(status.st_mode);
}

bool is_regular(const FileHandle& file) {
  struct stat status = {};
  return fstat(file.descriptor(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<PackageFolder> PackageFolder::open(const std::filesystem::path& folder) {
  PackageFolder opened;
  opened.folder_ =
      FileHandle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.folder_.descriptor() < 0) {
    return Error{Code::not_a_folder,
                 in_quotes(folder.string()) +
                     " cannot be opened as a folder: " + reason()};
  }
  return opened;
}

Result<void> check_inside(std::string_view path) {
  const auto outside = [&] {
    return refused(path, "is not a path inside the package");
  };
  if (path.find('\\') != std::string_view::npos ||
      path.find('\0') != std::string_view::npos) {
    return outside();
  }
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view name = path.substr(at, slash - at);
    if (name.empty() || name == "." || name == "..") return outside();
    at = slash + 1;
  }
  return {};
}

Result<FileHandle> PackageFolder::open_file(std::string_view path) const {
  if (const auto inside = check_inside(path); !inside) return inside.error();
  FileHandle at;
  std::string_view rest = path;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    const bool is_last = slash == std::string_view::npos;
    const int kind = is_last ? O_NONBLOCK : O_DIRECTORY;
    const int parent =
        at.descriptor() < 0 ? folder_.descriptor() : at.descriptor();
    FileHandle next(
        openat(parent, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind));
    if (next.descriptor() < 0) {
      const int fault = errno;
      if (fault == ELOOP || is_link(parent, name)) {
        return refused(path, "passes a link");
      }
      errno = fault;
      return Error{Code::file_unreadable,
                   in_quotes(path) + " cannot be opened: " + reason()};
    }
    at = std::move(next);
    if (is_last) break;
    rest.remove_prefix(slash + 1);
  }
  if (!is_regular(at)) {
    return Error{Code::file_unreadable, in_quotes(path) + " is not a file"};
  }
  return at;
}

std::uint64_t file_size(const FileHandle& file) {
  struct stat status = {};
  if (fstat(file.descriptor(), &status) != 0 || status.st_size < 0) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

Result<std::size_t> read_some(const FileHandle& file, std::span<char> buffer) {
  for (;;) {
    const ssize_t count = read(file.descriptor(), buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) {
      return Error{Code::file_unreadable, "reading failed: " + reason()};
    }
  }
}

Result<std::unique_ptr<PackageFile>> FolderSource::open(std::string_view path) {
  auto file = folder_.open_file(path);
  if (!file) return file.error();
  return std::unique_ptr<PackageFile>(
      std::make_unique<OpenFile>(*std::move(file)));
}

namespace {

template <typename Read>
Result<std::string> read_all(const Read& read, std::size_t bytes_max) {
  std::string text;
  std::array<char, 1U << 16U> buffer{};
  for (;;) {
    const auto count = read(buffer);
    if (!count) return count.error();
    if (*count == 0) return text;
    if (text.size() + *count > bytes_max) {
      return Error{
          Code::limit_exceeded,
          "the file is longer than " + std::to_string(bytes_max) + " bytes"};
    }
    text.append(buffer.data(), *count);
  }
}

}  // namespace

Result<std::string> read_whole(const FileHandle& file, std::size_t bytes_max) {
  return read_all(
      [&](std::span<char> buffer) { return read_some(file, buffer); },
      bytes_max);
}

Result<std::string> read_whole(PackageFile& file, std::size_t bytes_max) {
  return read_all([&](std::span<char> buffer) { return file.read(buffer); },
                  bytes_max);
}

}  // namespace headrope
