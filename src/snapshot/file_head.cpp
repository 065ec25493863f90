// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The head of a file: written and read by one list of members each.

#include "snapshot/file_head.hpp"

#include <algorithm>
#include <set>
#include <type_traits>

#include "snapshot/byte_stream.hpp"
#include "snapshot/column_list.hpp"

namespace headrope {
namespace {

// What is passed through a stream: to be filled where it reads.
template <typename Stream, typename Value>
using Passed = std::conditional_t<Stream::reads, Value, const Value>;

template <typename Stream>
void pass(Stream& s, Passed<Stream, Label>& label) {
  s(label.zh, label.en);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, Kind>& kind) {
  s(kind.id, kind.parent);
  pass(s, kind.label);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, Hierarchy>& hierarchy) {
  s(hierarchy.id, hierarchy.parents, hierarchy.cycles, hierarchy.orphans,
    hierarchy.outside_life, hierarchy.child_kinds, hierarchy.parent_kinds);
  pass(s, hierarchy.label);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, Role>& role) {
  s(role.id, role.holders_max, role.function, role.holder_types,
    role.holder_kinds);
  pass(s, role.label);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, Measure>& measure) {
  s(measure.id, measure.nature, measure.unit_of_measure, measure.decimals);
  pass(s, measure.label);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, FileCounts>& counts) {
  s(counts.units, counts.persons, counts.record_identities, counts.records,
    counts.posts, counts.duties);
}

// Days, and the entries of the vocabulary.
template <typename Stream>
void pass_vocabulary(Stream& s, Passed<Stream, Snapshot::Columns>& c) {
  s(c.as_of, c.known_on);
  s.list(c.kinds, [&](auto& entry) { pass(s, entry); });
  s.list(c.hierarchies, [&](auto& entry) { pass(s, entry); });
  s.list(c.roles, [&](auto& entry) { pass(s, entry); });
  s.list(c.measures, [&](auto& entry) { pass(s, entry); });
  s(c.attribute_names);
}

bool are_below(const std::vector<KindId>& kinds, std::size_t count) {
  return std::all_of(kinds.begin(), kinds.end(),
                     [&](KindId kind) { return kind.value < count; });
}

std::string_view vocabulary_fault(const Snapshot::Columns& c) {
  if (!is_civil(c.as_of) || c.known_on.is_open()) return "a day is none";
  for (std::size_t at = 0; at < c.kinds.size(); ++at) {
    const KindId parent = c.kinds[at].parent;
    if (!parent.is_none() && parent.value >= at) {
      return "a kind stands before the wider one";
    }
  }
  for (const Hierarchy& hierarchy : c.hierarchies) {
    if (!are_below(hierarchy.child_kinds, c.kinds.size()) ||
        !are_below(hierarchy.parent_kinds, c.kinds.size())) {
      return "a hierarchy names a kind that is not there";
    }
  }
  for (const Role& role : c.roles) {
    if (!are_below(role.holder_kinds, c.kinds.size())) {
      return "a role names a kind that is not there";
    }
  }
  for (const Measure& measure : c.measures) {
    if (measure.decimals > 9) return "a measure has too many decimals";
  }
  return {};
}

std::string_view counts_fault(const FileCounts& counts) {
  constexpr std::uint64_t none = UnitIndex::none_value;
  for (const std::uint64_t count :
       {counts.units, counts.persons, counts.record_identities, counts.records,
        counts.posts, counts.duties}) {
    if (count >= none) return "a count is out of range";
  }
  if (counts.record_identities > counts.records) {
    return "more records have identities than there are";
  }
  return {};
}

// Makes the list of forests, each of another hierarchy and in their order.
std::string_view read_forests(ByteReader& s, Snapshot::Columns& c) {
  struct Shape {
    HierarchyId hierarchy;
    std::uint32_t depth_max = 0;
  };
  std::vector<Shape> shapes;
  s.list(shapes, [&](Shape& shape) { s(shape.hierarchy, shape.depth_max); });
  for (const Shape& shape : shapes) {
    if (shape.hierarchy.value >= c.hierarchies.size() ||
        (!c.forests.empty() &&
         c.forests.back().hierarchy() >= shape.hierarchy)) {
      return "the forests are not of hierarchies in their order";
    }
    c.forests.push_back(ForestColumns::make(shape.hierarchy, shape.depth_max));
  }
  return {};
}

std::string_view read_figures(ByteReader& s, Snapshot::Columns& c) {
  s.list(c.figures, [&](FigureColumn& figure) {
    s(figure.name, figure.day, figure.decimals);
  });
  std::set<std::string_view> names;
  for (const FigureColumn& figure : c.figures) {
    if (figure.name.empty() || !names.insert(figure.name).second ||
        figure.decimals > 9) {
      return "a figure has no name of its own, or too many decimals";
    }
  }
  return {};
}

}  // namespace

bool is_good_interval(const Interval& days) {
  const auto is_day = [](Date day) { return day.is_open() || is_civil(day); };
  return !days.is_empty() && is_day(days.valid_from) &&
         is_day(days.valid_until);
}

std::string write_head(const Snapshot::Columns& columns,
                       const FileCounts& counts,
                       std::span<const SavedFigure> figures) {
  ByteWriter s;
  pass(s, counts);
  pass_vocabulary(s, columns);
  s(static_cast<std::uint64_t>(columns.unplaced_memberships));
  s.list(columns.forests, [&](const Forest& forest) {
    s(forest.hierarchy(), forest.depth_max());
  });
  s.list(figures, [&](const SavedFigure& figure) {
    s(figure.name, figure.day, figure.decimals);
  });
  return s.bytes();
}

std::string_view read_head(std::string_view bytes, Snapshot::Columns& columns,
                           FileCounts& counts) {
  ByteReader s(bytes);
  pass(s, counts);
  pass_vocabulary(s, columns);
  std::uint64_t unplaced = 0;
  s(unplaced);
  columns.unplaced_memberships = unplaced;
  if (!s.is_good()) return "it ends too early or holds what it cannot hold";
  for (const std::string_view fault :
       {counts_fault(counts), vocabulary_fault(columns),
        read_forests(s, columns), read_figures(s, columns)}) {
    if (!fault.empty()) return fault;
  }
  if (!s.is_at_end()) return "it ends too early or too late";
  columns.unit_records.resize(columns.measures.size());
  columns.person_records.resize(columns.measures.size());
  for (auto& of_type : columns.attributes) {
    of_type.resize(columns.attribute_names.size());
  }
  return {};
}

}  // namespace headrope
