// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Small changes of a pack: each threshold one step up and down, each date of a
// window a day earlier and later. A change is found in one pack and can be made
// in every pack that has the same rule or value, such as an overlay.

#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "rules/pack_model.hpp"

namespace headrope {

/// One change.
struct Mutation {
  std::string rule{};       ///< the first rule that it concerns
  std::string parameter{};  ///< or the literal as it stands in the pack
  std::string changed_to{};
  std::set<std::string> rules{};  ///< all rules whose answers may change
  /// Makes the change; false if the pack does not have what it changes.
  std::function<bool(PackModel&)> apply{};
};

/// The changes of a pack's own parameters and rules, in their order.
/// @complexity O(rules × parameters).
[[nodiscard]] std::vector<Mutation> find_mutations(const PackModel& model);

/// By how much a number is changed: a hundredth for shares, else 1 or its last
/// decimal.
[[nodiscard]] Fraction step_of(const Fraction& value, bool is_share);

}  // namespace headrope
