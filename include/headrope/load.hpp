// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading a data package (docs/formats/data-package.md) into a Registry: from a
// folder, from memory, or from wherever the caller keeps its files.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "headrope/diagnostics.hpp"
#include "headrope/limits.hpp"
#include "headrope/progress.hpp"
#include "headrope/registry.hpp"
#include "headrope/threads.hpp"

namespace headrope {

/// How to load.
struct LoadOptions {
  Limits limits{};
  StartingVocabulary vocabulary = StartingVocabulary::shipped;
  Progress progress{};
  /// Parsing and checking are shared out; the Registry and the findings are the
  /// same for any number. At most 64 are used.
  Threads threads{};
};

/// Loads the data package in `folder`, all or nothing.
///
/// Every finding goes to `findings`, sorted by place, warnings too. Only files
/// that the descriptor names inside the folder are opened; links are refused.
/// @returns the Registry, or the first error in `findings` (its message says
///   how many there are); `cancelled` if `progress` said so.
/// @threads Starts `options.threads.count - 1` threads for the call. Files are
///   read, and progress is told, on the caller's thread only.
/// @complexity O(bytes). Memory beyond the Registry: a few MiB for each thread,
///   whatever the size of the files.
[[nodiscard]] Result<Registry> load_package(const std::filesystem::path& folder,
                                            Diagnostics& findings,
                                            const LoadOptions& options = {});

/// A file of a package while it is read.
class PackageFile {
 public:
  virtual ~PackageFile() = default;
  /// Fills the start of `buffer`, which is not empty; 0 at the end.
  /// @returns `file_unreadable`.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
  /// Its size in bytes, for progress and to make room; 0 if it is not known.
  [[nodiscard]] virtual std::uint64_t size() const { return 0; }
};

/// Where the files of a package are kept.
class PackageSource {
 public:
  virtual ~PackageSource() = default;
  /// Opens a file by its path in the package. Paths that lead out of it (`..`,
  /// absolute ones) are refused before they come here.
  /// @returns `file_unreadable`; `path_refused`.
  [[nodiscard]] virtual Result<std::unique_ptr<PackageFile>> open(
      std::string_view path) = 0;
};

/// Loads the data package that `source` keeps, like the one in a folder.
[[nodiscard]] Result<Registry> load_package(PackageSource& source,
                                            Diagnostics& findings,
                                            const LoadOptions& options = {});

/// A file of a package in memory of the caller's.
struct MemoryFile {
  std::string_view path;  ///< in the package, such as `units.csv`
  std::string_view bytes;
};

/// Loads a data package from memory. Of two files of one path the first counts.
[[nodiscard]] Result<Registry> load_package(std::span<const MemoryFile> files,
                                            Diagnostics& findings,
                                            const LoadOptions& options = {});

}  // namespace headrope
