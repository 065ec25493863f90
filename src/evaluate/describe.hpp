// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rules in words, Chinese and English: what a condition asks, and one sentence
// for a status.

#pragma once

#include <string>

#include "headrope/pack_answers.hpp"
#include "rules/pack_model.hpp"

namespace headrope {

/// Says in a few words what a condition asks.
[[nodiscard]] Text describe(const Condition& condition,
                            const Snapshot& snapshot, const PackModel& model);
/// Says in a few words what an amount is.
[[nodiscard]] Text describe(const Amount& amount, const Snapshot& snapshot,
                            const PackModel& model);
/// Says in a few words which items a selection gives.
[[nodiscard]] Text describe(const Selection& selection,
                            const Snapshot& snapshot, const PackModel& model);

/// Fills the two sentences of an explanation.
void write_sentences(Explanation& explanation, const PackRule& rule);

}  // namespace headrope
