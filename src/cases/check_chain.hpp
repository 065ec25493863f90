// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Comparing what a case expects of a chain with what comes out.

#pragma once

#include "cases/check_responsibility.hpp"
#include "cases/responsibility_texts.hpp"

namespace headrope {

/// What a chain is followed in.
struct ChainSubject {
  const ResponsibilitySubject& of_case;
  const Responsibility& responsibility;
  const SnapshotNames& names;
};

/// Compares everything that is expected of the chains of a hierarchy.
/// @complexity That of `follow_chains` and `single_points`.
void check_chain(const ChainSubject& subject, const ExpectedChain& expected,
                 CaseOutcome& outcome);

}  // namespace headrope
