// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The page of a report, bundled when the program was built (report/).

#pragma once

#include <string_view>

namespace headrope::tool {

/// The page, with the place for the data. Only in programs that were built with
/// npm (`HEADROPE_HAS_REPORT`).
[[nodiscard]] std::string_view report_page();

}  // namespace headrope::tool
