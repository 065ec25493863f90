// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The descriptor of a data package, datapackage.json.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "headrope/date.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/limits.hpp"
#include "load/text_source.hpp"

namespace headrope {

inline constexpr std::string_view descriptor_file = "datapackage.json";

/// A table of the package and where its rows are.
struct Resource {
  std::string name;
  std::vector<std::string> paths;
  Encoding encoding = Encoding::utf8;
  char delimiter = ',';
};

/// What the descriptor says, as far as it matters here.
struct Descriptor {
  bool ends_are_inclusive = false;
  Date recorded_from = Date::open_start();
  std::vector<Resource> resources;
};

/// Reads a descriptor; what is wrong with it goes to `findings`, and the
/// descriptor then holds what could be read.
[[nodiscard]] Descriptor parse_descriptor(std::string_view text,
                                          const Limits& limits,
                                          Diagnostics& findings);

}  // namespace headrope
