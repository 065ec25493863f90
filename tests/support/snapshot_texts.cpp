// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/snapshot_texts.hpp"

#include <sstream>
#include <utility>
#include <vector>

#include <headrope/answers.hpp>
#include <headrope/responsibility.hpp>
#include <headrope/responsibility_tables.hpp>
#include <headrope/table.hpp>

namespace headrope::testing {
namespace {

constexpr Language language = Language::en;

class Printer {
 public:
  template <typename... Values>
  void line(const Values&... values) {
    (put(values), ...);
    out_ << '\n';
  }
  void table(const Table& table) {
    write_csv(table, [&](std::string_view text) { out_ << text; });
  }
  template <typename Value, typename Print>
  void result(const Result<Value>& result, const Print& print) {
    if (result) {
      print(*result);
    } else {
      line("error ", code_info(result.error().code).id, result.error().message);
    }
  }
  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  template <typename Value>
  void put(const Value& value)
    requires(std::is_enum_v<Value>)
  {
    out_ << static_cast<int>(value) << ' ';
  }
  template <typename Value>
  void put(const Value& value)
    requires(std::is_integral_v<Value>)
  {
    out_ << +value << ' ';
  }
  template <typename Tag>
  void put(const Id<Tag>& id) {
    out_ << id.value << ' ';
  }
  void put(std::string_view text) { out_ << text.size() << ':' << text << ' '; }
  void put(const char* text) { out_ << text; }
  void put(Date day) { out_ << day.days << ' '; }
  void put(const Interval& days) {
    put(days.valid_from);
    put(days.valid_until);
  }
  void put(const Entity& entity) {
    put(entity.type);
    put(entity.index);
  }
  void put(const Label& label) {
    put(label.zh);
    put(label.en);
  }
  void put(const DutyReach& scope) {
    put(scope.duty);
    put(scope.type);
    put(scope.unit);
    put(scope.kind);
    put(scope.hierarchy);
    put(scope.valid);
  }
  template <typename Value>
  void put(const std::optional<Value>& value) {
    if (value) {
      put(*value);
    } else {
      out_ << "none ";
    }
  }
  template <typename Value>
  void put(std::span<const Value> values) {
    for (const Value& value : values) put(value);
  }
  template <typename Value>
  void put(const std::vector<Value>& values) {
    put(std::span<const Value>(values));
  }

  std::ostringstream out_;
};

void print_vocabulary(const Snapshot& s, Printer& to) {
  to.line("days ", s.as_of(), s.known_on());
  for (const Kind& kind : s.kinds()) {
    to.line("kind ", kind.id, kind.parent, kind.label, *s.find_kind(kind.id));
  }
  for (const Hierarchy& one : s.hierarchies()) {
    to.line("hierarchy ", one.id, one.parents, one.cycles, one.orphans,
            one.outside_life, one.child_kinds, one.parent_kinds, one.label);
  }
  for (const Role& role : s.roles()) {
    to.line("role ", role.id, role.holders_max, role.label, role.function,
            role.holder_types, role.holder_kinds, *s.find_role(role.id));
  }
  for (const Measure& measure : s.measures()) {
    to.line("measure ", measure.id, measure.nature, measure.unit_of_measure,
            measure.decimals, measure.label, *s.find_measure(measure.id));
  }
  for (const std::string_view name : s.attribute_names()) {
    to.line("attribute ", name, *s.find_attribute(name));
  }
}

void print_units(const Snapshot& s, Printer& to) {
  for (std::uint32_t at = 0; at < s.unit_count(); ++at) {
    const UnitIndex unit{at};
    to.line("unit ", s.identity(unit), s.name(unit), s.code(unit), s.kind(unit),
            s.registry_unit(unit), s.life(unit), s.find_unit(s.identity(unit)),
            s.members(unit, Standing::primary), "/ ",
            s.members(unit, Standing::secondary));
    for (std::uint32_t kind = 0; kind < s.kinds().size(); ++kind) {
      to.line("is ", s.is_a(s.kind(unit), KindId{kind}));
    }
  }
  to.line("columns ", s.kind_column(), s.life_column(), s.life_begin());
  for (const Standing standing : {Standing::primary, Standing::secondary}) {
    to.line("members ", s.member_column(standing), s.member_begin(standing),
            s.membership_count(standing), s.unplaced_membership_count());
  }
  for (std::uint32_t at = 0; at < s.person_count(); ++at) {
    const PersonId person{at};
    to.line("person ", s.identity(person), s.find_person(s.identity(person)));
    for (const MembershipSpan& span : s.history(person)) {
      to.line("membership ", span.unit, span.standing, span.valid);
    }
  }
  to.line("not there ", s.find_unit("…"), s.find_person(""), s.find_post("…"),
          s.find_duty("…"), s.find_attribute("…"));
}

void print_forests(const Snapshot& s, Printer& to) {
  for (const Forest& forest : s.forests()) {
    const auto id = s.hierarchies()[forest.hierarchy().value].id;
    to.line("forest ", id, s.find_forest(id) != nullptr, forest.place_count(),
            forest.is_tree(), forest.is_identity(), forest.depth_max());
    to.line("columns ", forest.unit_column(), forest.parent_column(),
            forest.end_column(), forest.depth_column());
    for (std::uint32_t at = 0; at < s.unit_count(); ++at) {
      to.line("places ", forest.first_place(UnitIndex{at}),
              forest.more_places(UnitIndex{at}));
    }
  }
}

void print_records(const Snapshot& s, const RecordColumns& records,
                   Printer& to) {
  for (std::size_t at = 0; at < records.size(); ++at) {
    to.line("record ", records.subject[at], records.valid_from[at],
            records.valid_until[at], records.value[at], records.record[at],
            s.record_identity(RecordId{records.record[at]}));
  }
  for (const std::uint32_t at : records.reaching) to.line("reaches ", at);
}

void print_records(const Snapshot& s, Printer& to) {
  for (std::uint32_t at = 0; at < s.measures().size(); ++at) {
    print_records(s, s.unit_records(MeasureId{at}), to);
    print_records(s, s.person_records(MeasureId{at}), to);
  }
  for (const AttendedRecord& one : s.attended_records()) {
    to.line("attended ", one.record, one.measure, one.unit, one.valid,
            one.value);
  }
  for (const Mark& mark : s.marks()) {
    to.line("mark ", mark.person, mark.attended, mark.presence);
  }
  const std::uint32_t subjects_max = 300;
  for (std::uint32_t at = 0; at < s.attribute_names().size(); ++at) {
    for (const EntityType type : {EntityType::unit, EntityType::person,
                                  EntityType::post, EntityType::record}) {
      for (std::uint32_t subject = 0; subject < subjects_max; ++subject) {
        const auto value = s.attribute({type, subject}, AttributeId{at});
        if (value) to.line("value ", type, subject, at, *value);
      }
    }
  }
}

void print_posts(const Snapshot& s, Days days, Printer& to) {
  for (const PostState& row : s.posts(days)) {
    to.line("post ", row.post, row.unit, row.role, row.seats, row.valid,
            row.ex_officio);
  }
  for (const PostHolder& row : s.holders(days)) {
    to.line("holder ", row.post, row.person, row.acting, row.valid);
  }
  for (const Tie& row : s.ties(days)) {
    to.line("tie ", row.pairing, row.holder, row.unit, row.valid);
  }
  for (const DutyState& row : s.duties(days)) {
    to.line("duty ", row.duty, row.name, row.clause, row.valid, row.inherited,
            row.division);
  }
  for (const DutyReach& row : s.duty_reaches(days)) to.line("scope ", row);
  const auto assignments = s.assignments(days);
  for (std::size_t at = 0; at < assignments.size(); ++at) {
    const AssignmentState& row = assignments[at];
    to.line("assignment ", row.duty, row.role, row.holder, row.has_scope,
            row.scope, row.clause, row.valid, s.absent_holder(at, days));
  }
  for (const NeedState& row : s.needs(days)) {
    to.line("need ", row.type, row.duty, row.role, row.pairing, row.measure,
            row.has_scope, row.scope, row.at_least, row.at_most, row.clause,
            row.valid);
  }
}

void print_figures(const Snapshot& s, Printer& to) {
  for (std::size_t at = 0; at < s.saved_figure_count(); ++at) {
    const SavedFigure figure = s.saved_figure(at);
    to.line("figure ", figure.name, figure.day, figure.decimals, figure.values,
            figure.has_value);
  }
}

void print_forest_answers(const Snapshot& s, const Forest& forest,
                          Printer& to) {
  std::vector<std::int64_t> values;
  for (std::uint32_t at = 0; at < s.unit_count(); ++at) {
    values.push_back(at * 7 % 13);
  }
  to.result(roll_up(forest, values), [&](const auto& sums) {
    to.table(roll_up_table(s, forest, values, sums, 0, {}));
  });
  for (const CountBasis basis :
       {CountBasis::primary, CountBasis::any, CountBasis::every}) {
    to.table(members_table(s, forest, count_members(s, forest, basis), {}));
  }
  std::vector<MeasureId> measures;
  for (std::uint32_t at = 0; at < s.measures().size(); ++at) {
    measures.push_back(MeasureId{at});
  }
  const Interval all{Date{-200'000}, Date{200'000}};
  to.result(count_attendance(s, forest, measures, all),
            [&](const AttendanceCounts& counts) {
              to.table(attendance_table(s, forest, counts, {}));
              to.line("strangers ", counts.strangers.size(), counts.unplaced);
            });
}

void print_tallies(const Snapshot& s, Printer& to) {
  const Interval all{Date{-200'000}, Date{200'000}};
  for (std::uint32_t at = 0; at < s.measures().size(); ++at) {
    for (const Reduction reduction :
         {Reduction::count, Reduction::sum, Reduction::distinct_days,
          Reduction::last, Reduction::greatest}) {
      Tally tally;
      tally.measures = {MeasureId{at}};
      tally.reduction = reduction;
      to.result(tally_units(s, tally, all, false), [&](const UnitTally& of) {
        to.line("tally ", of.value, of.has_value, of.unplaced);
      });
    }
  }
}

void print_responsibility(const std::shared_ptr<const Snapshot>& snapshot,
                          Printer& to) {
  const Snapshot& s = *snapshot;
  const Responsibility responsibility(snapshot);
  GapQuestion question;
  question.days = Interval{};
  to.result(find_gaps(responsibility, question),
            [&](const auto& gaps) { to.table(gaps_table(s, gaps, language)); });
  MatrixQuestion whole;
  whole.rows_max = 100'000;
  to.result(matrix(responsibility, whole), [&](const auto& holders) {
    to.table(holders_table(s, holders, language));
  });
  to.table(load_table(s, count_load(responsibility), BurdenLimits{}, language));
  for (std::uint32_t at = 0; at < s.post_count(); ++at) {
    to.line("post ", s.identity(PostId{at}),
            s.find_post(s.identity(PostId{at})),
            responsibility.tenures(PostId{at}).size());
  }
  for (std::uint32_t at = 0; at < s.duty_count(); ++at) {
    to.line("duty ", s.identity(DutyId{at}),
            s.find_duty(s.identity(DutyId{at})));
  }
  for (const Forest& forest : s.forests()) {
    ChainQuestion chain;
    chain.forest = &forest;
    to.result(follow_chains(responsibility, chain), [&](const Chains& chains) {
      to.line("chains ", chains.states, chains.reached, chains.leaves,
              chains.leaves_reached, chains.breaks.size());
    });
    to.result(single_points(responsibility, chain), [&](const auto& points) {
      for (const SinglePoint& point : points) {
        to.line("single ", point.holder, point.units, point.hanging);
      }
    });
  }
}

}  // namespace

std::string everything(const Snapshot& snapshot) {
  Printer to;
  print_vocabulary(snapshot, to);
  print_units(snapshot, to);
  print_forests(snapshot, to);
  print_records(snapshot, to);
  print_posts(snapshot, Days::today, to);
  print_posts(snapshot, Days::other, to);
  print_figures(snapshot, to);
  return to.text();
}

std::string answers(std::shared_ptr<const Snapshot> snapshot) {
  Printer to;
  for (const Forest& forest : snapshot->forests()) {
    print_forest_answers(*snapshot, forest, to);
  }
  print_tallies(*snapshot, to);
  print_responsibility(snapshot, to);
  return to.text();
}

}  // namespace headrope::testing
