// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "capi/fixture.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

namespace headrope_test {
namespace {

constexpr std::pair<std::string_view, std::string_view> files[] = {
    {"datapackage.json", R"({"headrope": {"format": 1,
  "interval_end": "inclusive"}, "resources": [
  {"name": "kinds", "path": "kinds.csv"},
  {"name": "hierarchies", "path": "hierarchies.csv"},
  {"name": "roles", "path": "roles.csv"},
  {"name": "measures", "path": "measures.csv"},
  {"name": "units", "path": "units.csv"},
  {"name": "links", "path": "links.csv"},
  {"name": "memberships", "path": "memberships.csv"},
  {"name": "posts", "path": "posts.csv"},
  {"name": "holdings", "path": "holdings.csv"},
  {"name": "duties", "path": "duties.csv"},
  {"name": "duty_scopes", "path": "duty_scopes.csv"},
  {"name": "assignments", "path": "assignments.csv"},
  {"name": "records", "path": "records.csv"},
  {"name": "attendance", "path": "attendance.csv"},
  {"name": "attributes", "path": "attributes.csv"}]})"},
    {"kinds.csv",
     "kind,label_zh\nparty_working_committee,党工委\n"
     "party_branch,党支部\ncommunity,社区\n"},
    {"hierarchies.csv", "hierarchy\nparty\nadministrative\n"},
    {"roles.csv", "role\nlead\ngroup_head\n"},
    {"measures.csv",
     "measure,nature,unit_of_measure\nstudy_session,flow,session\n"
     "grassroots_research,flow,day\n"},
    {"units.csv",
     "unit,kind,name,valid_from,valid_until\n"
     "U1,party_working_committee,一党工委,2012-01-01,\n"
     "U2,party_branch,二支部,2012-01-01,\n"
     "U3,party_branch,三支部,2012-01-01,\n"
     "U4,community,四社区,2012-01-01,\n"},
    {"links.csv",
     "hierarchy,unit,parent,valid_from\n"
     "party,U1,,2012-01-01\n"
     "party,U2,U1,2012-01-01\n"
     "party,U3,U1,2012-01-01\n"
     "administrative,U4,,2012-01-01\n"
     "administrative,U1,U4,2012-01-01\n"
     "administrative,U2,U4,2012-01-01\n"},
    {"memberships.csv",
     "person,unit,standing,valid_from\n"
     "P1,U2,primary,2012-01-01\n"
     "P2,U2,primary,2012-01-01\n"
     "P2,U3,secondary,2012-01-01\n"
     "P3,U3,primary,2012-01-01\n"},
    {"posts.csv", "post,unit,role\nU1/head,U1,group_head\n"},
    {"holdings.csv", "post,person,valid_from\nU1/head,P1,2012-01-01\n"},
    {"duties.csv", "duty,name,clause\nA1,学习,一\nA2,调研,二\n"},
    {"duty_scopes.csv",
     "duty,scope_type,scope,hierarchy\n"
     "A1,subtree,U1,party\nA2,all,,\n"},
    {"assignments.csv", "duty,role,holder_type,holder\nA1,lead,unit,U1\n"},
    {"records.csv",
     "record,measure,unit,person,valid_from,valid_until,value,reach\n"
     "R1,study_session,U1,,2013-03-01,2013-03-02,1,subtree\n"
     "R2,study_session,U2,,2013-04-01,2013-04-01,1,own\n"
     "R3,study_session,U3,,2013-05-01,2013-05-03,1,own\n"
     "R4,grassroots_research,,P1,2013-06-01,2013-06-10,1,own\n"},
    {"attendance.csv",
     "record,person,status\nR2,P1,present\nR2,P2,absent\nR3,P3,late\n"},
    {"attributes.csv",
     "subject_type,subject,attribute,value\n"
     "person,P1,rank,leader\nperson,P3,rank,leader\nunit,U2,size,small\n"},
};

std::int32_t open_file(const char* path, void** file, std::int64_t* size,
                       void* user_data) {
  auto* counting = static_cast<CountingSource*>(user_data);
  for (const auto& [name, bytes] : files) {
    if (name != path) continue;
    ++counting->open;
    counting->rest = bytes;
    *file = counting;
    *size = static_cast<std::int64_t>(bytes.size());
    return 0;
  }
  return 2;
}

std::int64_t read_file(void* file, char* buffer, std::int64_t capacity,
                       void* /*user_data*/) {
  std::string_view& rest = static_cast<CountingSource*>(file)->rest;
  const std::size_t count =
      std::min(rest.size(), static_cast<std::size_t>(capacity));
  std::memcpy(buffer, rest.data(), count);
  rest.remove_prefix(count);
  return static_cast<std::int64_t>(count);
}

void close_file(void* file, void* /*user_data*/) {
  --static_cast<CountingSource*>(file)->open;
}

// The stream's data: a batch of two rows, all of it in static memory.
const char* const column_names[] = {"person", "unit", "valid_from"};
const char* const column_formats[] = {"u", "U", "tdD"};
const std::int32_t person_offsets[] = {0, 2, 4};
const std::int32_t spoilt_offsets[] = {0, 4, 2};
const std::int64_t unit_offsets[] = {0, 2, 4};
const std::int32_t days[] = {15341, 15341};
const void* person_buffers[] = {nullptr, person_offsets, "P4P5"};
const void* spoilt_buffers[] = {nullptr, spoilt_offsets, "P4P5"};
const void* unit_buffers[] = {nullptr, unit_offsets, "U2U3"};
const void* day_buffers[] = {nullptr, days};
const void* no_buffers[] = {nullptr};

template <typename Node>
void release_node(Node* node) {
  --static_cast<MembershipStream*>(node->private_data)->alive;
  node->release = nullptr;
}

template <typename Node>
void release_child(Node* node) {
  node->release = nullptr;
}

int give_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  auto* owner = static_cast<MembershipStream*>(stream->private_data);
  ++owner->alive;
  for (int at = 0; at < 3; ++at) {
    owner->schemas[at] = ArrowSchema{};
    owner->schemas[at].format = column_formats[at];
    owner->schemas[at].name = column_names[at];
    owner->schemas[at].release = release_child<ArrowSchema>;
    owner->schema_pointers[at] = &owner->schemas[at];
  }
  *out = ArrowSchema{};
  out->format = "+s";
  out->n_children = 3;
  out->children = owner->schema_pointers;
  out->private_data = owner;
  out->release = release_node<ArrowSchema>;
  return 0;
}

int give_batch(ArrowArrayStream* stream, ArrowArray* out) {
  auto* owner = static_cast<MembershipStream*>(stream->private_data);
  *out = ArrowArray{};
  if (stream->get_last_error == nullptr) return 0;  // Spent.
  stream->get_last_error = nullptr;
  ++owner->alive;
  const void** buffers[] = {owner->spoils ? spoilt_buffers : person_buffers,
                            unit_buffers, day_buffers};
  for (int at = 0; at < 3; ++at) {
    owner->arrays[at] = ArrowArray{};
    owner->arrays[at].length = 2;
    owner->arrays[at].n_buffers = at == 2 ? 2 : 3;
    owner->arrays[at].buffers = buffers[at];
    owner->arrays[at].release = release_child<ArrowArray>;
    owner->array_pointers[at] = &owner->arrays[at];
  }
  out->length = 2;
  out->n_buffers = 1;
  out->buffers = no_buffers;
  out->n_children = 3;
  out->children = owner->array_pointers;
  out->private_data = owner;
  out->release = release_node<ArrowArray>;
  return 0;
}

const char* say_nothing(ArrowArrayStream* /*stream*/) { return nullptr; }

void release_stream(ArrowArrayStream* stream) {
  --static_cast<MembershipStream*>(stream->private_data)->alive;
  stream->release = nullptr;
}

std::int32_t append(const char* bytes, std::int64_t size, void* user_data) {
  static_cast<std::string*>(user_data)->append(bytes,
                                               static_cast<std::size_t>(size));
  return 0;
}

}  // namespace

const std::string_view pack_text = R"(format: headrope-pack/1
id: plan
title: {zh: 安排, en: Plan}
issuer: {zh: 一党工委, en: Committee}
level: subdistrict
issued: 2012-11-20
effective: 2012-12-01
parameters:
  days:
    title: {zh: 天数, en: days}
    unit: day
    values: [{from: 2012-12-01, value: 3, clause: 一}]
rules:
  - id: R1
    clause: 一
    phrase: 全年集中学习不少于3天
    title: {zh: 学习天数, en: days of study}
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {days: {records: [study_session], credited: party}, at_least: days}
  - id: R2
    clause: 二
    phrase: 每年学习一次
    title: {zh: 学习, en: study}
    subjects: {units: [party_branch]}
    window: {each: year}
    require: {count: study_session, at_least: 1}
  - id: R3
    clause: 三
    phrase: 调研不少于10天
    title: {zh: 调研, en: research}
    subjects: {persons: all, where: {attribute: rank, in: [leader]}}
    window: {each: year}
    require: {days: grassroots_research, at_least: 10}
duties:
  - id: D1
    clause: 五
    title: {zh: 学习督促, en: seeing to study}
    lead: [U1, 无此单位]
    for: {subtrees: [U1], along: party}
    needs: {lead: {at_least: 1}}
reported:
  - {id: all, clause: 四, value: 3, unit: person}
  - {id: some, clause: 四, value: 2, unit: person}
checks:
  - id: A1
    clause: 四
    title: {zh: 合计, en: total}
    require: {total: [{figure: some}], equals: {figure: all}}
)";

const std::string_view overlay_text = R"(format: headrope-pack/1
id: supplement
overlays: plan
level: unit
title: {zh: 补充, en: Supplement}
effective: 2013-01-01
parameters:
  days:
    values: [{from: 2013-01-01, value: 5, clause: 补一}]
)";

std::vector<headrope_file> package_files() {
  std::vector<headrope_file> list;
  for (const auto& [name, bytes] : files) {
    list.push_back(
        {text(name), bytes.data(), static_cast<std::int64_t>(bytes.size())});
  }
  return list;
}

std::set<std::string> functions_with_status() {
  std::ifstream header(HEADROPE_SOURCE_DIR "/capi/include/headrope/headrope.h");
  std::stringstream text;
  text << header.rdbuf();
  std::set<std::string> names;
  const std::string all = text.str();
  const std::string mark = "HEADROPE_API headrope_status";
  for (std::size_t at = all.find(mark); at != std::string::npos;
       at = all.find(mark, at + 1)) {
    const std::size_t begin = all.find("headrope_", at + mark.size());
    names.insert(all.substr(begin, all.find('(', begin) - begin));
  }
  return names;
}

headrope_registry_options own_vocabulary() {
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  options.vocabulary = HEADROPE_VOCABULARY_EMPTY;
  return options;
}

Fixture::Fixture() {
  headrope_error error = HEADROPE_ERROR_INIT;
  const auto list = package_files();
  const headrope_registry_options options = own_vocabulary();
  must(headrope_findings_new(0, &findings, &error), error, "findings");
  must(headrope_registry_load_memory(list.data(),
                                     static_cast<std::int64_t>(list.size()),
                                     &options, findings, &registry, &error),
       error, "load");
  must(headrope_registry_freeze(registry, as_of, nullptr, findings, &snapshot,
                                &error),
       error, "freeze");
  must(headrope_snapshot_find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party",
                              HEADROPE_NTS, &party, &error),
       error, "party");
  must(headrope_snapshot_find(snapshot, HEADROPE_OBJECT_UNIT, "U2",
                              HEADROPE_NTS, &branch, &error),
       error, "U2");
  must(headrope_snapshot_find(snapshot, HEADROPE_OBJECT_MEASURE,
                              "study_session", HEADROPE_NTS, &sessions, &error),
       error, "study_session");
  expect(party >= 0 && branch >= 0 && sessions >= 0, "all is found");
  tally.measures = &sessions;
  tally.measure_count = 1;
  must(headrope_figures_tally(snapshot, &tally, &figures, &error), error,
       "tally");
  must(headrope_sums_new(figures, party, &sums, &error), error, "sums");
  must(headrope_persons_below(snapshot, party, branch, HEADROPE_BASIS_ANY, 0,
                              &persons, &error),
       error, "persons");
  const headrope_text label = text("branch");
  const headrope_persons* const sets[] = {persons};
  must(headrope_overlap_new(sets, &label, 1, &overlap, &error), error,
       "overlap");
  must(headrope_spectrum_new(figures, party, &spectrum, &error), error,
       "spectrum");
  must(headrope_pack_parse(registry, pack_text.data(),
                           static_cast<std::int64_t>(pack_text.size()), "plan",
                           HEADROPE_NTS, nullptr, 0, findings, &pack, &error),
       error, "pack");
  must(headrope_pack_with_parameter(pack, "days", HEADROPE_NTS, 5, 1, 15706,
                                    &changed, &error),
       error, "with_parameter");
  const std::int64_t rule = 0;
  must(headrope_assessment_new(snapshot, pack, &rule, 1, nullptr, &assessment,
                               &error),
       error, "assess");
  must(headrope_coverage_new(assessment, party, HEADROPE_BASIS_PRIMARY, 1,
                             &coverage, &error),
       error, "cover");
  must(headrope_explanation_new(snapshot, pack, 0, "U2", HEADROPE_NTS, nullptr,
                                &explanation, &error),
       error, "explain");
  must(headrope_comparison_new(snapshot, pack, changed, nullptr, &comparison,
                               &error),
       error, "compare");
  must(headrope_responsibility_new(snapshot, &responsibility, &error), error,
       "responsibility");
  must(headrope_assessment_table(assessment, &table, &error), error, "table");
  const headrope_live_figure kept[] = {
      {HEADROPE_LIVE_SUMS, 0, &tally, nullptr, 0, 0, 0},
      {HEADROPE_LIVE_COVERAGE, 0, nullptr, pack, 0, 0, 0},
      {HEADROPE_LIVE_MEMBERS, HEADROPE_BASIS_ANY, nullptr, nullptr, 0, 0, 0}};
  must(headrope_live_new(snapshot, party, kept, 3, nullptr, &live, &error),
       error, "live");
  must(headrope_live_moment(live, &moment, &error), error, "moment");
}

std::string live_of(const headrope_live* live) {
  std::string all = std::to_string(headrope_live_sequence(live)) + " " +
                    std::to_string(headrope_live_next_record(live));
  for (const std::int64_t figure : {0, 2}) {
    for (std::int64_t unit = 0; unit < 4; ++unit) {
      std::int64_t value = 0;
      headrope_live_value(live, figure, unit, &value, nullptr);
      all += " " + std::to_string(value);
    }
  }
  return all;
}

headrope_change a_record(const Fixture& fixture) {
  headrope_change change = HEADROPE_CHANGE_INIT;
  change.measure = fixture.sessions;
  change.unit = fixture.branch;
  change.value = 1;
  change.valid_from = as_of;
  change.valid_until = as_of + 1;
  return change;
}

Fixture::~Fixture() {
  headrope_moment_free(moment);
  headrope_live_free(live);
  headrope_table_free(table);
  headrope_responsibility_free(responsibility);
  headrope_comparison_free(comparison);
  headrope_explanation_free(explanation);
  headrope_coverage_free(coverage);
  headrope_assessment_free(assessment);
  headrope_pack_free(changed);
  headrope_pack_free(pack);
  headrope_spectrum_free(spectrum);
  headrope_overlap_free(overlap);
  headrope_persons_free(persons);
  headrope_sums_free(sums);
  headrope_figures_free(figures);
  headrope_snapshot_release(snapshot);
  headrope_registry_free(registry);
  headrope_findings_free(findings);
}

std::string csv_of(const headrope_table* table) {
  std::string csv;
  headrope_error error = HEADROPE_ERROR_INIT;
  must(headrope_table_write_csv(table, append, &csv, &error), error, "csv");
  return csv;
}

void open_memberships(MembershipStream& memberships) {
  memberships.stream = ArrowArrayStream{};
  memberships.stream.get_schema = give_schema;
  memberships.stream.get_next = give_batch;
  memberships.stream.get_last_error = say_nothing;
  memberships.stream.release = release_stream;
  memberships.stream.private_data = &memberships;
  ++memberships.alive;
}

void open_source(CountingSource& counting) {
  headrope_source_init(&counting.source);
  counting.source.open = open_file;
  counting.source.read = read_file;
  counting.source.close = close_file;
  counting.source.user_data = &counting;
}

}  // namespace headrope_test
