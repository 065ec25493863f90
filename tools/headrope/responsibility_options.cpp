// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The options of the commands about responsibility as values. What is not
// known is a UsageError that lists what is, as far as that is short.

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "headrope/options.hpp"

namespace headrope::tool {
namespace {

// Known words for a message: the first few.
class Known {
 public:
  void add(std::string_view word) {
    constexpr std::size_t shown_max = 24;
    if (++count_ > shown_max) return;
    text_ += (text_.empty() ? "" : ", ") + std::string(word);
    if (count_ == shown_max) text_ += " …";
  }
  /// `one of A1, A2`, or that there are none.
  [[nodiscard]] std::string text() const {
    return count_ == 0 ? "anything: there are none" : "one of " + text_;
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

DutyId duty_named(const Snapshot& snapshot, const std::string& name) {
  if (const auto found = snapshot.find_duty(name)) return *found;
  // By its own name, if that is one duty's alone.
  Known known;
  std::vector<DutyId> same;
  for (std::uint32_t at = 0; at < snapshot.duty_count(); ++at) {
    known.add(snapshot.identity(DutyId{at}));
  }
  for (const Days days : {Days::today, Days::other}) {
    for (const DutyState& one : snapshot.duties(days)) {
      if (one.name == name) same.push_back(one.duty);
    }
  }
  std::sort(same.begin(), same.end());
  same.erase(std::unique(same.begin(), same.end()), same.end());
  if (same.size() == 1) return same.front();
  throw UsageError{
      "--duty: '" + name +
      (same.empty() ? "' is not " + known.text()
                    : "' is the name of several duties; give the identity")};
}

std::optional<std::int64_t> BurdenLimits::* limit_named(
    const std::string& name, const std::string& text) {
  using Member = std::optional<std::int64_t> BurdenLimits::*;
  constexpr std::array limits{
      std::pair("leads", Member{&BurdenLimits::leads}),
      std::pair("cooperations", Member{&BurdenLimits::cooperations}),
      std::pair("posts", Member{&BurdenLimits::posts}),
      std::pair("liaisons", Member{&BurdenLimits::liaisons}),
      std::pair("contact_points", Member{&BurdenLimits::contact_points}),
      std::pair("total", Member{&BurdenLimits::total})};
  Known known;
  for (const auto& [word, member] : limits) {
    if (name == word) return member;
    known.add(word);
  }
  throw UsageError{"--limit: expected NAME=COUNT, the name being " +
                   known.text() + ", not '" + text + "'"};
}

}  // namespace

UnitIndex unit_of(const Options& options, const Snapshot& snapshot) {
  if (options.under.empty()) return {};
  if (const auto found = snapshot.find_unit(options.under)) return *found;
  throw UsageError{"--unit: no unit '" + options.under + "' on that day"};
}

PersonId person_of(const Options& options, const Snapshot& snapshot) {
  if (const auto found = snapshot.find_person(options.person)) return *found;
  throw UsageError{"--person: no person '" + options.person + "'"};
}

PostId post_of(const Options& options, const Snapshot& snapshot) {
  if (const auto found = snapshot.find_post(options.post)) return *found;
  Known known;
  for (std::uint32_t at = 0; at < snapshot.post_count(); ++at) {
    known.add(snapshot.identity(PostId{at}));
  }
  throw UsageError{"--post: '" + options.post + "' is not " + known.text()};
}

std::vector<DutyId> duties_of(const Options& options,
                              const Snapshot& snapshot) {
  std::vector<DutyId> duties;
  for (const std::string& name : options.duties) {
    duties.push_back(duty_named(snapshot, name));
  }
  return duties;
}

std::vector<RoleId> roles_of(const Options& options, const Snapshot& snapshot) {
  std::vector<RoleId> roles;
  for (const std::string& name : options.roles) {
    const auto found = snapshot.find_role(name);
    if (!found) {
      throw UsageError{"--role: no role '" + name +
                       "'; docs/formats/vocabulary.md lists those shipped"};
    }
    roles.push_back(*found);
  }
  return roles;
}

HolderQuestion holders_asked(const Options& options, const Snapshot& snapshot) {
  HolderQuestion question;
  if (options.on.size() > 1) throw UsageError{"--on: give one day"};
  if (!options.on.empty()) question.day = day_of(options.on.front(), "--on");
  const std::vector<DutyId> duties = duties_of(options, snapshot);
  if (duties.size() > 1) throw UsageError{"--duty: give one duty"};
  if (!duties.empty()) question.duty = duties.front();
  question.roles = roles_of(options, snapshot);
  return question;
}

std::vector<GapType> gap_types_of(const Options& options) {
  std::vector<GapType> types;
  for (const std::string& word : options.types) {
    std::size_t at = 0;
    Known known;
    for (; at < gap_type_count; ++at) {
      const std::string_view one = gap_type_word(static_cast<GapType>(at));
      if (word == one) break;
      known.add(one);
    }
    if (at == gap_type_count) {
      throw UsageError{"--type: '" + word + "' is not " + known.text()};
    }
    types.push_back(static_cast<GapType>(at));
  }
  return types;
}

BurdenLimits limits_of(const Options& options) {
  BurdenLimits limits;
  for (const std::string& text : options.limits) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string digits = text.substr(std::min(equals + 1, text.size()));
    std::int64_t value = 0;
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const auto member = limit_named(text.substr(0, equals), text);
    if (fault != std::errc{} || end != digits.data() + digits.size() ||
        value < 0) {
      throw UsageError{"--limit: expected NAME=COUNT, not '" + text + "'"};
    }
    limits.*member = value;
  }
  return limits;
}

MatrixBy matrix_by(const Options& options) {
  constexpr std::array words{std::pair("holder", MatrixBy::holder),
                             std::pair("unit", MatrixBy::unit),
                             std::pair("kind", MatrixBy::kind)};
  if (options.by.empty()) return MatrixBy::holder;
  for (const auto& [word, by] : words) {
    if (options.by == word) return by;
  }
  throw UsageError{"--by: '" + options.by +
                   "' is not one of holder, unit, kind"};
}

std::vector<std::pair<std::string, std::string>> names_of(
    const Options& options) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const std::string& text : options.names) {
    const std::size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0 ||
        equals + 1 == text.size()) {
      throw UsageError{"--name: expected NAME=IDENTITY, not '" + text + "'"};
    }
    names.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return names;
}

}  // namespace headrope::tool
