// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a case says about responsibility, as it was read
// (docs/formats/rule-cases.md): plain data, checked for its form. Names are
// looked up where there is a snapshot.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "headrope/responsibility.hpp"
#include "responsibility/words.hpp"

namespace headrope {

/// A text that may be left open; of null, an empty text.
using OptionalText = std::optional<std::string>;

/// Who holds a duty, or a role, for a unit or person on a day.
struct ExpectedHolders {
  std::string duty{};
  std::string unit{};
  std::string person{};
  std::vector<std::string> roles{};  ///< `any` alone: every role
  std::optional<Date> on{};
  std::vector<std::string> holders{};
  std::optional<std::vector<std::string>> duties{};  ///< of the holders
  std::optional<Reached> reached{};                  ///< of every holder
  int line = 0;
};

/// A finding that must, or must not, be there. Keys that are not given fit any.
struct ExpectedGap {
  GapType type = GapType::no_lead;
  OptionalText duty{}, role{}, unit{}, post{}, person{};
  OptionalText holder{}, other{}, other_duty{}, text{}, clause{};
  std::optional<Date> from{};   ///< first day; open for null
  std::optional<Date> until{};  ///< first day after; open for null
  std::optional<std::int64_t> count{};
  std::optional<std::int64_t> limit{};
  int line = 0;
};

/// How many findings of a type there are.
struct ExpectedGapCount {
  GapType type = GapType::no_lead;
  std::int64_t count = 0;
  int line = 0;
};

/// A break of a chain.
struct ExpectedBreak {
  std::string unit{};
  std::optional<LinkState> state{};
  OptionalText post{};
  std::optional<Date> since{};  ///< open for null
  std::optional<std::int64_t> age{};
  std::optional<std::vector<std::string>> hanging{};
  std::optional<bool> is_first{};
  int line = 0;
};

/// A single point of a chain.
struct ExpectedPoint {
  std::string holder{};
  std::int64_t units = 0;
  std::int64_t hanging = 0;
  int line = 0;
};

/// The chains of a hierarchy.
struct ExpectedChain {
  std::string along{};
  std::optional<Date> on{};
  std::vector<std::string> roles{};
  std::string duty{};
  std::string rule{};  ///< units hold unless they do not meet it
  std::string top{};
  bool needs_post = false;
  std::optional<std::vector<ExpectedBreak>> breaks{};  ///< all of them
  std::vector<std::pair<std::string, LinkState>> states{};
  std::optional<std::int64_t> reached{};  ///< leaves
  std::optional<std::int64_t> leaves{};
  std::vector<ExpectedPoint> points{};
  int line = 0;
};

/// What one carries: items of a Burden by their words.
struct ExpectedBurden {
  std::string holder{};
  std::vector<std::pair<std::string, std::int64_t>> items{};
  int line = 0;
};

/// The loads of a day.
struct ExpectedLoad {
  std::optional<Date> on{};
  std::string along{};
  std::string top{};
  BurdenLimits limits{};
  std::vector<ExpectedBurden> burdens{};
  std::optional<std::vector<std::string>> over{};  ///< all who are over a limit
  int line = 0;
};

/// Who held a post, one after the other; nobody without a person.
struct ExpectedTenures {
  struct Part {
    std::string person{};
    bool acting = false;
    Interval days{};
  };
  std::string post{};
  std::vector<Part> parts{};
  int line = 0;
};

/// Who had to answer when a rule was missed.
struct ExpectedMissed {
  std::string rule{};
  std::string subject{};
  std::string duty{};
  std::vector<std::string> roles{};
  std::optional<Date> due{};
  std::vector<std::string> holders{};
  int line = 0;
};

/// Everything that a case says about responsibility.
struct ResponsibilityCase {
  bool with_duties = false;  ///< those of the pack are added first
  PackDutyOptions duties{};
  std::optional<Interval> days{};  ///< of the findings; nothing: of the case
  std::vector<ExpectedHolders> who{};
  std::vector<ExpectedGap> gaps{};
  std::vector<GapType> no_types{};
  std::vector<ExpectedGap> no_gaps{};
  std::vector<ExpectedGapCount> gap_counts{};
  std::vector<ExpectedChain> chains{};
  std::vector<ExpectedLoad> loads{};
  std::vector<ExpectedTenures> tenures{};
  std::vector<ExpectedMissed> missed{};
  /// Names that no holder was found for, all of them.
  std::optional<std::vector<std::string>> unknown{};
  int line = 0;
};

}  // namespace headrope
