// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the organisation of a case to a Registry: the package is loaded, the
// rows are written out and fed to the loaders of the tables.

#pragma once

#include <memory>

#include "cases/case_file.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/registry.hpp"

namespace headrope {

/// How many rows a case may have when its ranges are written out.
inline constexpr std::size_t case_rows_max = 200'000;

/// Makes the Registry of a case: the package and rows of its file, then its
/// own.
/// @returns the first error in `findings`, which name the case file and a line
///   (findings of a package name its files); `limit_exceeded`.
/// @complexity O(rows).
[[nodiscard]] Result<std::shared_ptr<Registry>> build_organisation(
    const CaseFile& file, const CaseOrganisation& own, Diagnostics& findings);

}  // namespace headrope
