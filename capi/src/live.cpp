// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Live figures: changes, what they change, and moments.

#include <algorithm>

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

Result<LiveFigure> figure_of(const Snapshot& snapshot,
                             const headrope_live_figure& given) {
  switch (given.type) {
    case HEADROPE_LIVE_SUMS: {
      if (given.tally == nullptr) {
        return Error{Code::null_argument, "tally is NULL"};
      }
      auto of = tally_of(snapshot, given.tally);
      if (!of) return of.error();
      return LiveFigure{LiveSums{std::move(of->tally), of->window}};
    }
    case HEADROPE_LIVE_COVERAGE: {
      if (given.pack == nullptr) {
        return Error{Code::null_argument, "pack is NULL"};
      }
      const auto rule =
          id_of<UnitId>(given.rule, given.pack->value->rule_count(), "rule");
      if (!rule) return rule.error();
      return LiveFigure{
          LivePackCoverage{given.pack->value, rule->value,
                           interval_of(given.valid_from, given.valid_until)}};
    }
    case HEADROPE_LIVE_MEMBERS: {
      const auto basis = word_of<CountBasis>(given.basis, 3, "basis");
      if (!basis) return basis.error();
      return LiveFigure{LiveMembers{*basis}};
    }
    default:
      return invalid("type: there is no value " + std::to_string(given.type));
  }
}

// A number that may be none; persons may be of those who came since.
template <typename IdType>
Result<IdType> id_or_none(std::int64_t number, std::size_t count,
                          const char* name) {
  if (number == HEADROPE_NONE) return IdType{};
  return id_of<IdType>(number, count, name);
}

Result<LiveChange> change_of(const Snapshot& snapshot,
                             const headrope_change& given) {
  LiveChange change;
  const auto type = word_of<LiveChange::Type>(given.type, 4, "type");
  if (!type) return type.error();
  change.type = *type;
  const auto unit =
      id_or_none<UnitIndex>(given.unit, snapshot.unit_count(), "unit");
  if (!unit) return unit.error();
  const auto person =
      id_or_none<PersonId>(given.person, PersonId::none_value, "person");
  if (!person) return person.error();
  change.unit = *unit;
  change.person = *person;
  if (change.type == LiveChange::Type::join ||
      change.type == LiveChange::Type::leave) {
    const auto standing = word_of<Standing>(given.standing, 2, "standing");
    if (!standing) return standing.error();
    change.standing = *standing;
    return change;
  }
  const auto measure =
      id_of<MeasureId>(given.measure, snapshot.measures().size(), "measure");
  if (!measure) return measure.error();
  change.record.measure = *measure;
  change.record.unit = *unit;
  change.record.person = *person;
  change.record.reach = given.reaches != 0 ? Reach::subtree : Reach::own;
  change.record.value = given.value;
  change.record.valid = {{given.valid_from}, {given.valid_until}};
  if (change.type == LiveChange::Type::withdraw_record) {
    const auto record =
        id_of<RecordId>(given.record, RecordId::none_value, "record");
    if (!record) return record.error();
    change.record.id = *record;
  }
  return change;
}

// The changes, those that add a record numbered from the next number on.
Result<std::vector<LiveChange>> changes_of(const LiveFigures& live,
                                           const headrope_change* changes,
                                           std::int64_t count) {
  const auto given = list_of(changes, count, "changes");
  if (!given) return given.error();
  std::vector<LiveChange> list;
  std::uint32_t next = live.next_record().value;
  for (const headrope_change& one : *given) {
    auto change = change_of(*live.snapshot(), one);
    if (!change) {
      return Error{change.error().code, "change " +
                                            std::to_string(list.size() + 1) +
                                            ": " + change.error().message};
    }
    if (change->type == LiveChange::Type::add_record) {
      change->record.id = RecordId{next++};
    }
    list.push_back(*change);
  }
  return list;
}

Result<std::size_t> position_of(const LiveFigures& live, std::int64_t figure) {
  const auto at = id_of<UnitId>(figure, live.figure_count(), "figure");
  if (!at) return at.error();
  return std::size_t{at->value};
}

Result<PlaceIndex> place_of(const LiveFigures& live, std::int64_t unit) {
  const auto shown =
      shown_of(*live.snapshot(), live.forest(), unit, HEADROPE_ALL_LEVELS);
  if (!shown) return shown.error();
  if (shown->top.is_none()) return invalid("unit: there is no number -1");
  return shown->top;
}

// The units of places, ascending, each once.
std::vector<std::int64_t> units_of(const Forest& forest,
                                   std::span<const PlaceIndex> places) {
  std::vector<std::int64_t> units;
  units.reserve(places.size());
  for (const PlaceIndex place : places) {
    units.push_back(forest.unit(place).value);
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

// Tells the caller; what he wants no more ends by an exception, as the C++ API
// has it.
struct Telling {
  headrope_live_listener listener;
  void* user_data;
  const Forest* forest;

  struct Ended {};

  void operator()(const LiveNotice& notice) const {
    std::vector<std::int64_t> units;
    bool is_known = true;
    try {
      units = units_of(*forest, notice.places);
    } catch (const std::bad_alloc&) {
      is_known = false;
    }
    const auto sequence = static_cast<std::int64_t>(notice.sequence);
    const auto count = static_cast<std::int64_t>(units.size());
    if (listener(sequence, is_known ? units.data() : nullptr,
                 is_known ? count : HEADROPE_NONE, user_data) != 0) {
      throw Ended{};
    }
  }
};

}  // namespace

headrope_status headrope_live_new(const headrope_snapshot* snapshot,
                                  int64_t hierarchy,
                                  const headrope_live_figure* figures,
                                  int64_t count,
                                  const headrope_question* options,
                                  headrope_live** out, headrope_error* error) {
  clear_handle(out);
  return guard(error,
               {{"snapshot", snapshot}, {"figures", figures}, {"out", out}},
               [&]() -> Result<void> {
                 const Snapshot& frozen = *snapshot->value;
                 const auto forest = forest_of(frozen, hierarchy);
                 if (!forest) return forest.error();
                 const auto given = list_of(figures, count, "figures");
                 if (!given) return given.error();
                 std::vector<LiveFigure> wanted;
                 for (const headrope_live_figure& one : *given) {
                   auto figure = figure_of(frozen, one);
                   if (!figure) return figure.error();
                   wanted.push_back(*std::move(figure));
                 }
                 const auto own = options_of(options, "options");
                 if (!own) return own.error();
                 const auto threads = threads_of(own->thread_count);
                 if (!threads) return threads.error();
                 SpacedProgress progress(own->progress, own->user_data);
                 LiveOptions live_options;
                 live_options.threads = *threads;
                 live_options.progress = progress.callback();
                 auto live = LiveFigures::make(
                     snapshot->value,
                     frozen.hierarchies()[(*forest)->hierarchy().value].id,
                     wanted, live_options);
                 if (!live) return live.error();
                 *out = new headrope_live{*std::move(live)};
                 return {};
               });
}

void headrope_live_free(headrope_live* live) { delete live; }

int64_t headrope_live_next_record(const headrope_live* live) {
  return live == nullptr ? 0 : int64_t{live->value.next_record().value};
}

int64_t headrope_live_sequence(const headrope_live* live) {
  return live == nullptr ? 0 : static_cast<int64_t>(live->value.sequence());
}

headrope_status headrope_live_apply(headrope_live* live,
                                    const headrope_change* changes,
                                    int64_t count, int64_t* out,
                                    headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"live", live}, {"changes", changes}, {"out", out}},
               [&]() -> Result<void> {
                 const auto list = changes_of(live->value, changes, count);
                 if (!list) return list.error();
                 const auto done = live->value.apply(*list);
                 if (!done) return done.error();
                 *out = static_cast<int64_t>(*done);
                 return {};
               });
}

headrope_status headrope_live_apply_to_registry(headrope_live* live,
                                                headrope_registry* registry,
                                                const headrope_change* changes,
                                                int64_t count, int32_t on,
                                                int64_t* out,
                                                headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error,
               {{"live", live},
                {"registry", registry},
                {"changes", changes},
                {"out", out}},
               [&]() -> Result<void> {
                 const auto list = changes_of(live->value, changes, count);
                 if (!list) return list.error();
                 const auto done = apply_to_registry(registry->value,
                                                     live->value, *list, {on});
                 if (!done) return done.error();
                 *out = static_cast<int64_t>(live->value.sequence());
                 return {};
               });
}

headrope_status headrope_live_value(const headrope_live* live, int64_t figure,
                                    int64_t unit, int64_t* out,
                                    headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"live", live}, {"out", out}}, [&]() -> Result<void> {
    const auto at = position_of(live->value, figure);
    if (!at) return at.error();
    const auto place = place_of(live->value, unit);
    if (!place) return place.error();
    const auto value = live->value.value(*at, *place);
    if (!value) return value.error();
    *out = *value;
    return {};
  });
}

headrope_status headrope_live_counts(const headrope_live* live, int64_t figure,
                                     int64_t unit, headrope_counts* out,
                                     headrope_error* error) {
  clear_struct(out);
  return guard(error, {{"live", live}, {"out", out}}, [&]() -> Result<void> {
    const auto at = position_of(live->value, figure);
    if (!at) return at.error();
    const auto place = place_of(live->value, unit);
    if (!place) return place.error();
    const auto counts = live->value.counts(*at, *place);
    if (!counts) return counts.error();
    return write_struct(counts_of(*counts), out, "out");
  });
}

headrope_status headrope_live_changed(const headrope_live* live,
                                      int64_t sequence, int64_t* buffer,
                                      int64_t capacity, int64_t* out,
                                      headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"live", live}, {"out", out}}, [&]() -> Result<void> {
    if (sequence < 0) return invalid("sequence is below 0");
    const LiveChanges changes =
        live->value.changed_since(static_cast<std::uint64_t>(sequence));
    if (changes.is_everything) {
      *out = HEADROPE_NONE;
      return {};
    }
    return fill(units_of(live->value.forest(), changes.places), buffer,
                capacity, out, [](std::int64_t unit) { return unit; });
  });
}

headrope_status headrope_live_subscribe(headrope_live* live,
                                        headrope_live_listener listener,
                                        void* user_data, int64_t* out,
                                        headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"live", live}, {"out", out}}, [&]() -> Result<void> {
    if (listener == nullptr) {
      return Error{Code::null_argument, "listener is NULL"};
    }
    const auto number = live->value.subscribe(
        Telling{listener, user_data, &live->value.forest()});
    if (!number) return number.error();
    *out = static_cast<int64_t>(*number);
    return {};
  });
}

headrope_status headrope_live_unsubscribe(headrope_live* live,
                                          int64_t subscription,
                                          headrope_error* error) {
  return guard(error, {{"live", live}}, [&]() -> Result<void> {
    if (subscription < 0) return invalid("subscription is below 0");
    return live->value.unsubscribe(static_cast<std::uint64_t>(subscription));
  });
}

headrope_status headrope_live_moment(const headrope_live* live,
                                     headrope_moment** out,
                                     headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"live", live}, {"out", out}}, [&]() -> Result<void> {
    *out = new headrope_moment{live->value.snapshot(), &live->value.forest(),
                               live->value.moment()};
    return {};
  });
}

void headrope_moment_free(headrope_moment* moment) { delete moment; }

int64_t headrope_moment_sequence(const headrope_moment* moment) {
  return moment == nullptr ? 0
                           : static_cast<int64_t>(moment->value->sequence());
}

headrope_status headrope_moment_values(const headrope_moment* moment,
                                       int64_t figure, int64_t* buffer,
                                       int64_t capacity, int64_t* out,
                                       headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(
      error, {{"moment", moment}, {"out", out}}, [&]() -> Result<void> {
        if (figure < 0) return invalid("figure is below 0");
        const auto values =
            moment->value->values(static_cast<std::size_t>(figure));
        if (!values) return values.error();
        std::vector<std::int64_t> by_unit(moment->snapshot->unit_count());
        for (std::uint32_t unit = 0; unit < by_unit.size(); ++unit) {
          const PlaceIndex place = moment->forest->first_place({unit});
          if (!place.is_none()) by_unit[unit] = (*values)[place.value];
        }
        return fill(by_unit, buffer, capacity, out,
                    [](std::int64_t value) { return value; });
      });
}

headrope_status headrope_moment_coverage(const headrope_moment* moment,
                                         int64_t figure,
                                         headrope_coverage** out,
                                         headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"moment", moment}, {"out", out}},
               [&]() -> Result<void> {
                 if (figure < 0) return invalid("figure is below 0");
                 auto coverage =
                     moment->value->coverage(static_cast<std::size_t>(figure));
                 if (!coverage) return coverage.error();
                 *out = new headrope_coverage{moment->snapshot, moment->forest,
                                              *std::move(coverage)};
                 return {};
               });
}
