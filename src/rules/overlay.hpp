// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An overlay and the pack that it stands on make one pack. Nothing before the
// overlay's first day changes: its values come after those of the base, its
// repeals end rules, its rules begin.

#pragma once

#include "rules/pack_model.hpp"

namespace headrope {

/// Puts an overlay, as it was read and checked against this base, on the base.
/// From the first value that it has for a parameter on, the later values of the
/// base give way. The new pack is in force as long as the base.
/// Notes the changes: `tighter` or `looser` by how the base's rules compare the
/// parameter, `changed` where they pull both ways or none does.
/// @complexity O(base + overlay), and the rules once for each parameter.
[[nodiscard]] PackModel apply_overlay(const PackModel& base, PackModel overlay);

}  // namespace headrope
