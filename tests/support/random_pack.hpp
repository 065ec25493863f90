// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A generator of rule packs over the vocabulary of the random organisations,
// with the organisation that they are asked of.

#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "support/organisation.hpp"
#include "support/pack_plan.hpp"
#include <headrope/pack.hpp>

namespace headrope::testing {

/// An organisation with attributes that rules reckon with, a pack, and the
/// days asked about.
struct PackCase {
  Organisation organisation;
  /// `born` and `size` of units and persons, `theme` of records.
  std::vector<AttributeRow> attributes;
  plan::Pack pack;
  Interval range;
};

/// Prints the organisation, the attributes, the range and the YAML.
std::ostream& operator<<(std::ostream& out, const PackCase& it);

/// What a pack may speak of.
struct PackOptions {
  bool simple_amounts = false;  ///< one comparison of a reduction of records
  bool any_records = true;      ///< rules whose subjects are records too
  bool is_static = false;       ///< the organisation is always as on its day
  bool is_over = false;         ///< asked when every window is over
  bool calendar_only = false;   ///< windows of calendar periods alone
};

/// Cases of up to three rules; a list of choices behind each shrinks to
/// plainer rules.
[[nodiscard]] rc::Gen<PackCase> pack_cases(const PackOptions& options = {});

/// Builds the organisation with the attributes and freezes it.
[[nodiscard]] Frozen frozen(const PackCase& it);

/// Reads the pack; an error fails the property.
[[nodiscard]] PackPointer parsed(const plan::Pack& pack,
                                 const Registry& vocabulary);

/// Reads an overlay on a pack; an error fails the property.
[[nodiscard]] PackPointer parsed_overlay(const plan::Pack& base,
                                         const plan::Pack& changes,
                                         const PackPointer& on,
                                         const Registry& vocabulary);

/// The organisation as it is on its day, on every day, without the records
/// that come later; those that are there end on the day.
[[nodiscard]] Organisation always_as_now(Organisation organisation);

}  // namespace headrope::testing
