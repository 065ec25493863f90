// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// SVG as PNG, by librsvg, which finds the fonts of the system. Only in programs
// that were built with it (`HEADROPE_HAS_PNG`).

#pragma once

#include <string>

namespace headrope::tool {

/// Whether the program was built with librsvg.
[[nodiscard]] bool draws_png();

/// The bytes of a PNG. Throws a UsageError if there are too many pixels.
/// @param scale pixels for each pixel of the SVG; 2 is sharp on paper.
[[nodiscard]] std::string png_of(const std::string& svg, double scale);

}  // namespace headrope::tool
