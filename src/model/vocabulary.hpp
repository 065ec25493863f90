// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The shipped vocabulary: the four CSV files of src/model/vocabulary/, which
// the build compiles in (cmake/HeadropeModule.cmake).

#pragma once

#include <string_view>

#include "headrope/registry.hpp"

namespace headrope {

// The files, whole. They hold no quotes.
extern const std::string_view shipped_kinds_csv;
extern const std::string_view shipped_hierarchies_csv;
extern const std::string_view shipped_roles_csv;
extern const std::string_view shipped_measures_csv;

/// Adds the shipped vocabulary to a Registry without one.
void add_shipped_vocabulary(Registry& registry);

}  // namespace headrope
