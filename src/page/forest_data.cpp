// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Levels and blocks.

#include "page/forest_data.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace headrope {
namespace {

// Writes one text for each place; nothing if all are empty.
template <typename TextAt>
void write_texts(JsonWriter& json, std::string_view key, std::size_t count,
                 const TextAt& text_at) {
  bool is_empty = true;
  for (std::size_t at = 0; at < count && is_empty; ++at) {
    is_empty = text_at(at).empty();
  }
  if (is_empty) return;
  json.key(key).array();
  for (std::size_t at = 0; at < count; ++at) json.text(text_at(at));
  json.end();
}

// Writes the counts of one rule by status, those that are not all zero.
void write_counts(JsonWriter& json, const Coverage& coverage,
                  std::span<const std::uint32_t> places) {
  json.object();
  for (std::size_t status = 0; status < status_count; ++status) {
    const auto& counts = coverage.by_status[status];
    if (counts.empty()) continue;
    const bool is_zero =
        std::all_of(places.begin(), places.end(),
                    [&](std::uint32_t place) { return counts[place] == 0; });
    if (is_zero) continue;
    json.key(std::to_string(status));
    write_runs(json, places.size(),
               [&](std::size_t at) { return counts[places[at]]; });
  }
  json.end();
}

// Writes the counts of one rule that are published.
void write_shown_counts(JsonWriter& json, const Coverage& coverage,
                        const Suppression& suppression,
                        std::span<const std::uint32_t> places) {
  const auto write = [&](const std::string& key,
                         const std::vector<Withheld>& marks,
                         const auto& count_of) {
    json.key(key);
    write_runs(json, places.size(), [&](std::size_t at) {
      return marks[places[at]] == Withheld::shown
                 ? count_of(coverage.at({places[at]}))
                 : withheld_count;
    });
  };
  json.object();
  write("e", suppression.eligible,
        [](const StatusCounts& counts) { return counts.eligible(); });
  for (const Status status :
       {Status::met, Status::unmet, Status::pending, Status::not_evaluable}) {
    write(std::to_string(static_cast<int>(status)), suppression.statuses,
          [&](const StatusCounts& counts) { return counts.of(status); });
  }
  json.end();
}

}  // namespace

LevelOrder::LevelOrder(const Forest& forest) : rank_(forest.place_count()) {
  const auto count = static_cast<std::uint32_t>(forest.place_count());
  places_.reserve(count);
  child_counts_.reserve(count);
  for (std::uint32_t at = 0; at < count; at = forest.end({at}).value) {
    places_.push_back(at);
  }
  root_count_ = places_.size();
  for (std::size_t next = 0; next < places_.size(); ++next) {
    const std::uint32_t place = places_[next];
    rank_[place] = static_cast<std::uint32_t>(next);
    std::uint32_t children = 0;
    const std::uint32_t end = forest.end({place}).value;
    for (std::uint32_t at = place + 1; at < end; at = forest.end({at}).value) {
      places_.push_back(at);
      ++children;
    }
    child_counts_.push_back(children);
  }
}

void write_forest_head(JsonWriter& json, const Snapshot& snapshot,
                       const Forest& forest, const LevelOrder& order) {
  const Hierarchy& hierarchy = snapshot.hierarchies()[forest.hierarchy().value];
  json.object().key("id").text(hierarchy.id).key("name");
  write_label(json, hierarchy.label);
  json.key("count").count(forest.place_count());
  json.key("roots").count(order.root_count());
  json.key("block").count(forest_block).key("first_child").array();
  std::size_t child = order.root_count();
  for (std::size_t at = 0; at < order.places().size(); ++at) {
    if (at % forest_block == 0) json.count(child);
    child += order.child_counts()[at];
  }
  json.end().end();
}

void write_forest_blocks(const Sink& sink, std::size_t forest_at,
                         const Snapshot& snapshot, const Forest& forest,
                         const LevelOrder& order,
                         std::span<const Coverage> coverages,
                         std::span<const Suppression> suppressions) {
  for (std::size_t begin = 0; begin < order.places().size();
       begin += forest_block) {
    const std::size_t count =
        std::min(forest_block, order.places().size() - begin);
    const auto places = order.places().subspan(begin, count);
    const auto unit = [&](std::size_t at) { return forest.unit({places[at]}); };
    const std::string id =
        fmt::format("f{}b{}", forest_at, begin / forest_block);
    write_script(sink, id, [&](JsonWriter& json) {
      json.object().key("children");
      write_runs(json, count, [&](std::size_t at) {
        return order.child_counts()[begin + at];
      });
      json.key("sizes");
      write_runs(json, count, [&](std::size_t at) {
        return forest.end({places[at]}).value - places[at];
      });
      json.key("kinds");
      write_runs(json, count,
                 [&](std::size_t at) { return snapshot.kind(unit(at)).value; });
      write_texts(json, "ids", count,
                  [&](std::size_t at) { return snapshot.identity(unit(at)); });
      write_texts(json, "names", count,
                  [&](std::size_t at) { return snapshot.name(unit(at)); });
      write_texts(json, "codes", count,
                  [&](std::size_t at) { return snapshot.code(unit(at)); });
      json.key("rules").array();
      for (std::size_t rule = 0; rule < coverages.size(); ++rule) {
        if (suppressions.empty()) {
          write_counts(json, coverages[rule], places);
        } else {
          write_shown_counts(json, coverages[rule], suppressions[rule], places);
        }
      }
      json.end().end();
    });
  }
}

}  // namespace headrope
