// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Everything that a snapshot says, as one text: two snapshots that are the same
// to every reader give the same text.

#pragma once

#include <memory>
#include <string>

#include <headrope/snapshot.hpp>

namespace headrope::testing {

/// What every accessor gives, for everything that it can be asked for.
[[nodiscard]] std::string everything(const Snapshot& snapshot);

/// What the library answers without a pack: sums, members, tallies, attendance,
/// findings, chains, load, matrix; an error is its code and message.
[[nodiscard]] std::string answers(std::shared_ptr<const Snapshot> snapshot);

}  // namespace headrope::testing
