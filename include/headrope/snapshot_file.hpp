// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The freeze file: a Snapshot saved, and opened again by a memory map, so that
// a program can answer at once without loading or freezing. docs/formats/
// freeze-file.md says what stands where in it.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "headrope/damaged.hpp"
#include "headrope/progress.hpp"
#include "headrope/result.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// How to save.
struct SaveOptions {
  /// Figures to keep beside the snapshot, each with a name of its own and one
  /// value for each unit; those that the snapshot holds already are not kept
  /// unless they are named here too.
  std::span<const SavedFigure> figures{};
  Progress progress{};
};

/// Saves a snapshot as a file. The same snapshot gives the same bytes.
///
/// The file is written under another name in the same folder, brought to the
/// disk and renamed: whoever opens `file` finds what was there before, or all
/// of the new one. What had it open before keeps what it had.
/// @returns `file_unwritable`; `invalid_argument` for a figure of another size
///   or without a name of its own; `cancelled`; `file_damaged` if the snapshot
///   itself was opened as needed and turns out to be damaged. After an error
///   `file` is as it was.
/// @threads The caller's; the snapshot may be read meanwhile.
/// @complexity O(bytes); of memory some megabytes, and what the rows about
///   responsibility take.
[[nodiscard]] Result<void> save_snapshot(const Snapshot& snapshot,
                                         const std::filesystem::path& file,
                                         const SaveOptions& options = {});

/// When a file is looked at.
enum class Verify : std::uint8_t {
  /// All of it when it is opened. What was opened is good.
  at_open,
  /// Head and directory when it is opened, each part when it is first asked
  /// for, once, by whichever thread comes first. A part that is damaged is
  /// told then: see `SnapshotDamaged`.
  as_needed
};

/// How to open.
struct OpenOptions {
  Verify verify = Verify::at_open;
  /// Reads the file instead of mapping it: it takes memory and time, and what
  /// later happens to the file does not matter.
  bool into_memory = false;
  /// How many threads may look at the file, 64 at most; the caller's is one of
  /// them.
  std::uint32_t threads = 1;
  Progress progress{};  ///< told between two parts
};

/// Opens a file that `save_snapshot` wrote. Nothing in it is trusted: besides
/// the checksums, everything that the library relies on is looked at, so that
/// not even a file made to deceive leads a reader out of bounds or into an
/// endless loop. It may, of course, hold wrong figures.
///
/// The snapshot holds on to the map and answers as it did before it was saved,
/// but for the findings of freezing, which are not kept. A file that is mapped
/// must not be written or cut while it is open, or the program may be killed
/// by the system (SIGBUS); `save_snapshot` to the same name is fine.
/// @returns `file_unreadable`; `file_damaged` with what is wrong;
///   `format_unsupported` for another version or the other order of bytes;
///   `cancelled`.
/// @threads Any; `options.threads - 1` are started for the call.
/// @complexity O(bytes) with `Verify::at_open` or `into_memory`, else O(number
///   of columns).
[[nodiscard]] Result<std::shared_ptr<const Snapshot>> open_snapshot(
    const std::filesystem::path& file, const OpenOptions& options = {});

}  // namespace headrope
