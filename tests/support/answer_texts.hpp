// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// All answers about an organisation as texts keyed by identity, for laws that
// compare the answers of two snapshots.

#pragma once

#include <map>
#include <string>

#include "support/organisation.hpp"
#include <headrope/rule.hpp>

namespace headrope::testing {

/// What is asked.
struct Questions {
  Rule of_units;
  Rule of_persons;
  Interval window;
};

/// One text for each answer at each place, unit and subject. Findings that
/// depend on the numbers of a snapshot are left out.
[[nodiscard]] std::map<Name, Name> answer_texts(
    const Organisation& organisation, const Questions& questions);

}  // namespace headrope::testing
