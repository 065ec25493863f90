// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading a data package (docs/formats/data-package.md) into a Registry.

#pragma once

#include <filesystem>

#include "headrope/diagnostics.hpp"
#include "headrope/limits.hpp"
#include "headrope/progress.hpp"
#include "headrope/registry.hpp"

namespace headrope {

/// How to load.
struct LoadOptions {
  Limits limits{};
  StartingVocabulary vocabulary = StartingVocabulary::shipped;
  Progress progress{};
};

/// Loads the data package in `folder`, all or nothing.
///
/// Every finding goes to `findings`, sorted by place, warnings too. Only files
/// that the descriptor names inside the folder are opened; links are refused.
/// @returns the Registry, or the first error in `findings` (its message says
///   how many there are); `cancelled` if `progress` said so.
/// @threads The caller's; none is started.
/// @complexity O(bytes). Memory beyond the Registry: a few MiB, whatever the
///   size of the files.
[[nodiscard]] Result<Registry> load_package(const std::filesystem::path& folder,
                                            Diagnostics& findings,
                                            const LoadOptions& options = {});

}  // namespace headrope
