// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a snapshot tells of its units, persons and vocabulary, and the tables of
// members and attendance.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

// How many objects of a kind a snapshot numbers.
Result<std::size_t> count_of(const Snapshot& snapshot, headrope_object object) {
  switch (object) {
    case HEADROPE_OBJECT_UNIT:
      return snapshot.unit_count();
    case HEADROPE_OBJECT_PERSON:
      return snapshot.person_count();
    case HEADROPE_OBJECT_POST:
      return snapshot.post_count();
    case HEADROPE_OBJECT_DUTY:
      return snapshot.duty_count();
    case HEADROPE_OBJECT_KIND:
      return snapshot.kinds().size();
    case HEADROPE_OBJECT_HIERARCHY:
      return snapshot.hierarchies().size();
    case HEADROPE_OBJECT_MEASURE:
      return snapshot.measures().size();
    case HEADROPE_OBJECT_ROLE:
      return snapshot.roles().size();
    case HEADROPE_OBJECT_ATTRIBUTE:
      return snapshot.attribute_names().size();
    default:
      return invalid("object: there is no value " + std::to_string(object));
  }
}

// The position of an object, checked.
Result<std::uint32_t> at_of(const Snapshot& snapshot, headrope_object object,
                            std::int64_t number) {
  const auto count = count_of(snapshot, object);
  if (!count) return count.error();
  const auto at = id_of<UnitId>(number, *count, "number");
  if (!at) return at.error();
  return at->value;
}

template <typename IdType>
std::int64_t number_of(const std::optional<IdType>& found) {
  return found ? std::int64_t{found->value} : HEADROPE_NONE;
}

std::int64_t find_hierarchy(const Snapshot& snapshot, std::string_view id) {
  for (std::size_t at = 0; at < snapshot.hierarchies().size(); ++at) {
    if (snapshot.hierarchies()[at].id == id) {
      return static_cast<std::int64_t>(at);
    }
  }
  return HEADROPE_NONE;
}

Result<std::int64_t> find_object(const Snapshot& snapshot,
                                 headrope_object object, std::string_view id) {
  switch (object) {
    case HEADROPE_OBJECT_UNIT:
      return number_of(snapshot.find_unit(id));
    case HEADROPE_OBJECT_PERSON:
      return number_of(snapshot.find_person(id));
    case HEADROPE_OBJECT_POST:
      return number_of(snapshot.find_post(id));
    case HEADROPE_OBJECT_DUTY:
      return number_of(snapshot.find_duty(id));
    case HEADROPE_OBJECT_KIND:
      return number_of(snapshot.find_kind(id));
    case HEADROPE_OBJECT_HIERARCHY:
      return find_hierarchy(snapshot, id);
    case HEADROPE_OBJECT_MEASURE:
      return number_of(snapshot.find_measure(id));
    case HEADROPE_OBJECT_ROLE:
      return number_of(snapshot.find_role(id));
    case HEADROPE_OBJECT_ATTRIBUTE:
      return number_of(snapshot.find_attribute(id));
    default:
      return invalid("object: there is no value " + std::to_string(object));
  }
}

std::string_view identity_of(const Snapshot& snapshot, headrope_object object,
                             std::uint32_t at) {
  switch (object) {
    case HEADROPE_OBJECT_UNIT:
      return snapshot.identity(UnitIndex{at});
    case HEADROPE_OBJECT_PERSON:
      return snapshot.identity(PersonId{at});
    case HEADROPE_OBJECT_POST:
      return snapshot.identity(PostId{at});
    case HEADROPE_OBJECT_DUTY:
      return snapshot.identity(DutyId{at});
    case HEADROPE_OBJECT_KIND:
      return snapshot.kinds()[at].id;
    case HEADROPE_OBJECT_HIERARCHY:
      return snapshot.hierarchies()[at].id;
    case HEADROPE_OBJECT_MEASURE:
      return snapshot.measures()[at].id;
    case HEADROPE_OBJECT_ROLE:
      return snapshot.roles()[at].id;
    default:
      return snapshot.attribute_names()[at];
  }
}

std::string_view name_of(const Snapshot& snapshot, headrope_object object,
                         std::uint32_t at, Language language) {
  const auto chosen = [&](const Label& label) {
    return language == Language::zh ? label.zh : label.en;
  };
  switch (object) {
    case HEADROPE_OBJECT_UNIT:
      return snapshot.name(UnitIndex{at});
    case HEADROPE_OBJECT_KIND:
      return chosen(snapshot.kinds()[at].label);
    case HEADROPE_OBJECT_HIERARCHY:
      return chosen(snapshot.hierarchies()[at].label);
    case HEADROPE_OBJECT_MEASURE:
      return chosen(snapshot.measures()[at].label);
    case HEADROPE_OBJECT_ROLE:
      return chosen(snapshot.roles()[at].label);
    default:
      return {};
  }
}

// The places right below a place; the roots for none.
std::vector<UnitIndex> children_of(const Forest& forest, PlaceIndex above) {
  std::vector<UnitIndex> children;
  PlaceIndex place{above.is_none() ? 0 : above.value + 1};
  const std::uint32_t end =
      above.is_none() ? static_cast<std::uint32_t>(forest.place_count())
                      : forest.end(above).value;
  for (; place.value < end; place = forest.end(place)) {
    children.push_back(forest.unit(place));
  }
  return children;
}

Result<EntityType> entity_type_of(headrope_object object) {
  switch (object) {
    case HEADROPE_OBJECT_UNIT:
      return EntityType::unit;
    case HEADROPE_OBJECT_PERSON:
      return EntityType::person;
    case HEADROPE_OBJECT_POST:
      return EntityType::post;
    default:
      return invalid("object: " + std::to_string(object) +
                     " has no attributes");
  }
}

}  // namespace

headrope_snapshot* headrope_snapshot_retain(headrope_snapshot* snapshot) {
  if (snapshot != nullptr) {
    snapshot->holds.fetch_add(1, std::memory_order_relaxed);
  }
  return snapshot;
}

void headrope_snapshot_release(headrope_snapshot* snapshot) {
  if (snapshot != nullptr &&
      snapshot->holds.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete snapshot;
  }
}

int32_t headrope_snapshot_as_of(const headrope_snapshot* snapshot) {
  return snapshot == nullptr ? 0 : snapshot->value->as_of().days;
}

headrope_status headrope_snapshot_count(const headrope_snapshot* snapshot,
                                        headrope_object object, int64_t* out,
                                        headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"snapshot", snapshot}, {"out", out}},
               [&]() -> Result<void> {
                 const auto count = count_of(*snapshot->value, object);
                 if (!count) return count.error();
                 *out = static_cast<int64_t>(*count);
                 return {};
               });
}

headrope_status headrope_snapshot_find(const headrope_snapshot* snapshot,
                                       headrope_object object,
                                       const char* identity, int64_t size,
                                       int64_t* out, headrope_error* error) {
  clear_output(out, HEADROPE_NONE);
  return guard(
      error, {{"snapshot", snapshot}, {"identity", identity}, {"out", out}},
      [&]() -> Result<void> {
        const auto text = text_of(identity, size, "identity");
        if (!text) return text.error();
        const auto found = find_object(*snapshot->value, object, *text);
        if (!found) return found.error();
        *out = *found;
        return {};
      });
}

headrope_status headrope_snapshot_identity(const headrope_snapshot* snapshot,
                                           headrope_object object,
                                           int64_t number, headrope_text* out,
                                           headrope_error* error) {
  clear_text(out);
  return guard(error, {{"snapshot", snapshot}, {"out", out}},
               [&]() -> Result<void> {
                 const auto at = at_of(*snapshot->value, object, number);
                 if (!at) return at.error();
                 *out = view_of(identity_of(*snapshot->value, object, *at));
                 return {};
               });
}

headrope_status headrope_snapshot_name(const headrope_snapshot* snapshot,
                                       headrope_object object, int64_t number,
                                       headrope_language language,
                                       headrope_text* out,
                                       headrope_error* error) {
  clear_text(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto at = at_of(*snapshot->value, object, number);
        if (!at) return at.error();
        const auto chosen = language_of(language);
        if (!chosen) return chosen.error();
        *out = view_of(name_of(*snapshot->value, object, *at, *chosen));
        return {};
      });
}

headrope_status headrope_snapshot_kind(const headrope_snapshot* snapshot,
                                       int64_t unit, int64_t* out,
                                       headrope_error* error) {
  clear_output(out, HEADROPE_NONE);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto at =
            id_of<UnitIndex>(unit, snapshot->value->unit_count(), "unit");
        if (!at) return at.error();
        *out = snapshot->value->kind(*at).value;
        return {};
      });
}

headrope_status headrope_snapshot_parent(const headrope_snapshot* snapshot,
                                         int64_t hierarchy, int64_t unit,
                                         int64_t* out, headrope_error* error) {
  clear_output(out, HEADROPE_NONE);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto at =
            id_of<UnitIndex>(unit, snapshot->value->unit_count(), "unit");
        if (!at) return at.error();
        const auto forest = forest_of(*snapshot->value, hierarchy);
        if (!forest) return forest.error();
        const PlaceIndex place = (*forest)->first_place(*at);
        if (place.is_none()) return {};
        const PlaceIndex above = (*forest)->parent(place);
        if (!above.is_none()) *out = (*forest)->unit(above).value;
        return {};
      });
}

headrope_status headrope_snapshot_children(const headrope_snapshot* snapshot,
                                           int64_t hierarchy, int64_t unit,
                                           int64_t* buffer, int64_t capacity,
                                           int64_t* out,
                                           headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto forest = forest_of(*snapshot->value, hierarchy);
        if (!forest) return forest.error();
        PlaceIndex above;
        if (unit != HEADROPE_NONE) {
          const auto shown =
              shown_of(*snapshot->value, **forest, unit, HEADROPE_ALL_LEVELS);
          if (!shown) return shown.error();
          above = shown->top;
        }
        return fill(children_of(**forest, above), buffer, capacity, out,
                    [](UnitIndex child) { return int64_t{child.value}; });
      });
}

headrope_status headrope_snapshot_members(const headrope_snapshot* snapshot,
                                          int64_t unit,
                                          headrope_standing standing,
                                          int64_t* buffer, int64_t capacity,
                                          int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto at =
            id_of<UnitIndex>(unit, snapshot->value->unit_count(), "unit");
        if (!at) return at.error();
        const auto which = word_of<Standing>(standing, 2, "standing");
        if (!which) return which.error();
        return fill(snapshot->value->members(*at, *which), buffer, capacity,
                    out, [](PersonId person) { return int64_t{person.value}; });
      });
}

headrope_status headrope_snapshot_attribute(const headrope_snapshot* snapshot,
                                            headrope_object object,
                                            int64_t number, int64_t attribute,
                                            headrope_text* out,
                                            headrope_error* error) {
  clear_text(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto type = entity_type_of(object);
        if (!type) return type.error();
        const auto at = at_of(*snapshot->value, object, number);
        if (!at) return at.error();
        const auto which =
            at_of(*snapshot->value, HEADROPE_OBJECT_ATTRIBUTE, attribute);
        if (!which) return which.error();
        const auto value =
            snapshot->value->attribute({*type, *at}, AttributeId{*which});
        if (value) *out = view_of(*value);
        return {};
      });
}

headrope_status headrope_snapshot_member_table(
    const headrope_snapshot* snapshot, int64_t hierarchy, int64_t top,
    int32_t levels, headrope_basis basis, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"snapshot", snapshot}, {"out", out}},
               [&]() -> Result<void> {
                 const Snapshot& frozen = *snapshot->value;
                 const auto forest = forest_of(frozen, hierarchy);
                 if (!forest) return forest.error();
                 const auto shown = shown_of(frozen, **forest, top, levels);
                 if (!shown) return shown.error();
                 const auto how = word_of<CountBasis>(basis, 3, "basis");
                 if (!how) return how.error();
                 const auto counts = count_members(frozen, **forest, *how);
                 give(members_table(frozen, **forest, counts, *shown), out);
                 return {};
               });
}

headrope_status headrope_snapshot_attendance_table(
    const headrope_snapshot* snapshot, const headrope_tally* tally,
    int64_t hierarchy, int64_t top, int32_t levels, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"snapshot", snapshot}, {"tally", tally}, {"out", out}},
               [&]() -> Result<void> {
                 const Snapshot& frozen = *snapshot->value;
                 const auto of = tally_of(frozen, tally);
                 if (!of) return of.error();
                 const auto forest = forest_of(frozen, hierarchy);
                 if (!forest) return forest.error();
                 const auto shown = shown_of(frozen, **forest, top, levels);
                 if (!shown) return shown.error();
                 const auto counts = count_attendance(
                     frozen, **forest, of->tally.measures, of->window);
                 if (!counts) return counts.error();
                 give(attendance_table(frozen, **forest, *counts, *shown), out);
                 return {};
               });
}
