// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading with pieces of a chosen length, so that tests can cut small files
// everywhere.

#pragma once

#include "headrope/load.hpp"

namespace headrope {

/// As `load_package`; its answer does not depend on `piece_bytes`.
[[nodiscard]] Result<Registry> load_package_in_pieces(
    PackageSource& source, Diagnostics& findings, const LoadOptions& options,
    std::size_t piece_bytes);

}  // namespace headrope
