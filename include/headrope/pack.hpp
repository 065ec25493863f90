// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Pack is one policy document as rules: read from YAML
// (docs/formats/rule-pack.md), checked, and immutable. Overlays make a new pack
// out of two.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/diagnostics.hpp"
#include "headrope/fraction.hpp"
#include "headrope/registry.hpp"
#include "headrope/result.hpp"

namespace headrope {

/// How binding a rule is.
enum class Force : std::uint8_t {
  obligation,
  aspiration,  ///< 力争, 争取: judged, and named apart
  report       ///< shown, never judged
};

/// The word of approximation of a reported figure.
enum class Approximation : std::uint8_t {
  exact,
  more,    ///< 多, 余: at least
  nearly,  ///< 近: at most
  about,   ///< 左右
  unknown  ///< blank or struck out, which is not zero
};

/// How an overlay's value stands to the value above it.
enum class Tightness : std::uint8_t {
  tighter,
  looser,
  same,
  changed,  ///< the rules that use it pull both ways, or none does
  without_clause_above
};

/// What an overlay does to a parameter.
struct ParameterChange {
  std::string parameter{};
  Date from{};
  std::optional<Fraction> before{};  ///< nothing: open, or no such parameter
  std::optional<Fraction> after{};
  Tightness tightness = Tightness::changed;
  std::string clause{};
};

/// A rule, as far as people see it. Views into the pack.
struct RuleInfo {
  std::string_view id{};
  std::string_view pack{};  ///< whose it is; of an overlay or its base
  std::string_view clause{};
  std::string_view phrase{};  ///< the words of the source
  std::string_view group{};
  Label title{};
  Force force = Force::obligation;
  std::span<const std::string> forms{};
};

/// A parameter on a day. Views into the pack.
struct ParameterInfo {
  std::string_view id{};
  std::string_view unit{};
  Label title{};
  std::optional<Fraction> value{};  ///< nothing: the text leaves it open
  std::string_view clause{};
};

/// Who leads what, as the document says it. Views into the pack.
struct DutyInfo {
  std::string_view id{};
  std::string_view clause{};
  Label title{};
  std::span<const std::string> lead{};
  std::span<const std::string> cooperating{};
  std::string_view division{};     ///< of which division of work; or empty
  std::string_view subjects_of{};  ///< the rule whose subjects it is for
};

struct PackModel;

/// A policy document as rules. Held by `std::shared_ptr`.
/// @threads Immutable; any thread.
class Pack {
 public:
  /// Takes a checked model; `load_pack` is the way to make one.
  explicit Pack(std::unique_ptr<const PackModel> model);
  ~Pack();
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  /// The pack's own name.
  [[nodiscard]] std::string_view id() const;
  /// The title of the document.
  [[nodiscard]] Label title() const;
  /// Who issued it; may be empty.
  [[nodiscard]] Label issuer() const;
  /// From the day it takes effect to the day it is repealed.
  [[nodiscard]] Interval in_force() const;
  /// The pack that an overlay stands on; empty if it is none.
  [[nodiscard]] std::string_view overlays() const;

  /// How many rules there are.
  [[nodiscard]] std::size_t rule_count() const;
  /// The rule at a position below `rule_count()`.
  [[nodiscard]] RuleInfo rule(std::size_t at) const;
  /// The position of a rule; nothing if there is none of that id.
  [[nodiscard]] std::optional<std::size_t> find_rule(std::string_view id) const;
  /// The parameters as of a day, by id.
  [[nodiscard]] std::vector<ParameterInfo> parameters(Date day) const;
  /// The duties that the document gives out.
  [[nodiscard]] std::vector<DutyInfo> duties() const;
  /// What an overlay changes; empty for a pack that is none.
  [[nodiscard]] std::span<const ParameterChange> changes() const;

  /// The pack itself, for the modules of the library.
  [[nodiscard]] const PackModel& model() const { return *model_; }

 private:
  std::unique_ptr<const PackModel> model_;
};

/// Shared, since answers keep the pack that they came from.
using PackPointer = std::shared_ptr<const Pack>;

/// Upper limits of a pack's file; past one is `limit_exceeded`.
struct PackLimits {
  std::size_t bytes_max = std::size_t{4} << 20U;
  std::size_t nodes_max = 400'000;
  std::size_t depth_max = 40;
  std::size_t files_max = 2'000;  ///< of a folder
};

/// Reads a pack from text. Findings name `name`, line and column; the names of
/// kinds, measures, roles and hierarchies must be known to `vocabulary`.
/// @param bases packs that it may stand on, if it is an overlay.
/// @returns the pack, or the first error in `findings`.
/// @threads The caller's. @complexity O(bytes).
[[nodiscard]] Result<PackPointer> parse_pack(std::string_view text,
                                             std::string_view name,
                                             const Registry& vocabulary,
                                             std::span<const PackPointer> bases,
                                             Diagnostics& findings,
                                             const PackLimits& limits = {});

/// Reads a pack from a file. The pack that an overlay stands on is looked for
/// among the packs in the same folder.
[[nodiscard]] Result<PackPointer> load_pack(const std::filesystem::path& file,
                                            const Registry& vocabulary,
                                            Diagnostics& findings,
                                            const PackLimits& limits = {});

/// Reads every pack (`*.yaml`, but not `*.cases.yaml`) at or below the paths,
/// in the order of their names.
/// @returns all of them, or the first error; every finding of every file goes
///   to `findings`.
[[nodiscard]] Result<std::vector<PackPointer>> load_packs(
    std::span<const std::filesystem::path> paths, const Registry& vocabulary,
    Diagnostics& findings, const PackLimits& limits = {});

/// The pack with another value of a parameter from a day on: an overlay of one
/// value. Nothing before that day changes.
/// @returns `parameter_unknown`; `overlay_too_early` if the day lies before the
///   pack takes effect.
[[nodiscard]] Result<PackPointer> with_parameter(const PackPointer& pack,
                                                 std::string_view parameter,
                                                 const Fraction& value,
                                                 Date from);

}  // namespace headrope
