// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A generator of rules over the vocabulary of the random organisations.

#pragma once

#include <iosfwd>

#include <rapidcheck.h>

#include <headrope/rule.hpp>

namespace headrope::testing {

/// Rules over the test vocabulary that the natures of the measures allow.
[[nodiscard]] rc::Gen<Rule> rules(Subjects::Type type);

}  // namespace headrope::testing

namespace headrope {
std::ostream& operator<<(std::ostream& out, const Rule& rule);
}  // namespace headrope
