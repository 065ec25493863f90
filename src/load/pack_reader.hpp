// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A pack from the tree of its file: the head, readings, scales, parameters and
// phases are read here, the rest by the readers beside this one.

#pragma once

#include <string>
#include <string_view>

#include "headrope/registry.hpp"
#include "load/strict_yaml.hpp"
#include "rules/pack_model.hpp"

namespace headrope {

/// What is read first of a pack: its name, and on which it stands. Empty where
/// the file does not say; `read_pack` tells that.
struct PackHead {
  std::string id{};
  std::string overlays{};
};

/// Reads the head of a pack, without findings.
[[nodiscard]] PackHead read_head(const YamlNode& root);

/// Reads a pack. An overlay is what it says itself, not yet applied.
/// @param base the pack that it stands on; nullptr if it is no overlay.
/// @returns the model; it is whole only if there are no findings.
[[nodiscard]] PackModel read_pack(const YamlNode& root, std::string_view file,
                                  const Registry& vocabulary,
                                  const PackModel* base, Diagnostics& findings);

}  // namespace headrope
