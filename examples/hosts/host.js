// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A host in Node by koffi: the same scenario as host.c. Argument:
// libheadrope.so.
'use strict';

const koffi = require('koffi');

const NTS = -1, NONE = -1, ALL_LEVELS = -1, PRIMARY = 0, EN = 0, ZH = 1;
const UNIT = 1, HIERARCHY = 6, MEASURE = 7, DISTINCT_DAYS = 2;

const Progress = koffi.proto(
    'int32_t Progress(const char *stage, int64_t done, int64_t total, void *user_data)');
const Write =
    koffi.proto('int32_t Write(void *bytes, int64_t size, void *user_data)');
koffi.struct('Text', {data: 'void *', size: 'int64_t'});
koffi.struct('Error', {
  struct_size: 'uint32_t',
  status: 'int32_t',
  row: 'int64_t',
  column: koffi.array('char', 64, 'String'),
  file: koffi.array('char', 256, 'String'),
  message: koffi.array('char', 512, 'String')
});
koffi.struct('RegistryOptions', {
  struct_size: 'uint32_t',
  vocabulary: 'int32_t',
  limits: 'void *',
  progress: koffi.pointer(Progress),
  user_data: 'void *',
  ends_are_inclusive: 'int32_t',
  persons_are_listed: 'int32_t', thread_count: 'int32_t', reserved: 'int32_t'
});
koffi.struct('Tally', {
  struct_size: 'uint32_t',
  reduction: 'int32_t',
  measures: 'int64_t *',
  measure_count: 'int64_t',
  valid_from: 'int32_t',
  valid_until: 'int32_t',
  credits_above: 'int32_t',
  reserved: 'int32_t',
  credit_along: 'int64_t'
});
koffi.struct('Question', {
  struct_size: 'uint32_t',
  valid_from: 'int32_t',
  valid_until: 'int32_t',
  thread_count: 'int32_t',
  wants_deadlines: 'int32_t',
  items_max: 'int32_t'
});

const library = koffi.load(process.argv[2]);
const error = {};

// Declares a function that takes an error at the end: inputs, then outputs.
function declare(name, ...parameters) {
  const all = [...parameters, '_Inout_ Error *error'];
  return library.func(`int32_t headrope_${name}(${all.join(', ')})`);
}

const functions = {
  date_parse: declare('date_parse', 'str text', 'int64_t size', '_Out_ int32_t *out'),
  findings_new: declare('findings_new', 'int64_t max', '_Out_ void **out'),
  registry_load: declare(
      'registry_load', 'str folder', 'int64_t size', 'RegistryOptions *options',
      'void *findings', '_Out_ void **out'),
  registry_freeze: declare(
      'registry_freeze', 'void *registry', 'int32_t day', 'void *options',
      'void *findings', '_Out_ void **out'),
  snapshot_find: declare(
      'snapshot_find', 'void *snapshot', 'int32_t object', 'str identity',
      'int64_t size', '_Out_ int64_t *out'),
  snapshot_member_table: declare(
      'snapshot_member_table', 'void *snapshot', 'int64_t hierarchy', 'int64_t top',
      'int32_t levels', 'int32_t basis', '_Out_ void **out'),
  figures_tally:
      declare('figures_tally', 'void *snapshot', 'Tally *tally', '_Out_ void **out'),
  figures_count_units: declare(
      'figures_count_units', 'void *snapshot', 'int64_t *kinds', 'int64_t count',
      '_Out_ void **out'),
  figures_roll_up: declare(
      'figures_roll_up', 'void *figures', 'int64_t hierarchy', 'int64_t top',
      'int32_t levels', 'int32_t threads', '_Out_ void **out'),
  sums_new: declare('sums_new', 'void *figures', 'int64_t hierarchy', '_Out_ void **out'),
  sums_at: declare('sums_at', 'void *sums', 'int64_t unit', '_Out_ int64_t *out'),
  pack_load: declare(
      'pack_load', 'void *registry', 'str path', 'int64_t size', 'void *findings',
      '_Out_ void **out'),
  pack_parse: declare(
      'pack_parse', 'void *registry', 'str text', 'int64_t size', 'str name',
      'int64_t name_size', 'void *bases', 'int64_t base_count', 'void *findings',
      '_Out_ void **out'),
  pack_find_rule: declare(
      'pack_find_rule', 'void *pack', 'str rule', 'int64_t size', '_Out_ int64_t *out'),
  assessment_new: declare(
      'assessment_new', 'void *snapshot', 'void *pack', 'int64_t *rules', 'int64_t count',
      'Question *options', '_Out_ void **out'),
  coverage_new: declare(
      'coverage_new', 'void *assessment', 'int64_t hierarchy', 'int32_t basis',
      'int32_t threads', '_Out_ void **out'),
  coverage_table: declare(
      'coverage_table', 'void *coverage', 'int64_t top', 'int32_t levels',
      '_Out_ void **out'),
  responsibility_new: declare('responsibility_new', 'void *snapshot', '_Out_ void **out'),
  responsibility_gaps: declare(
      'responsibility_gaps', 'void *responsibility', 'void *options', '_Out_ void **out'),
  explanation_new: declare(
      'explanation_new', 'void *snapshot', 'void *pack', 'int64_t rule', 'str subject',
      'int64_t size', 'Question *options', '_Out_ void **out'),
  explanation_sentence: declare(
      'explanation_sentence', 'void *explanation', 'int32_t language', '_Out_ Text *out'),
  table_write_csv:
      declare('table_write_csv', 'void *table', 'Write *write', 'void *user_data')
};
const version = library.func('str headrope_version()');
const statusId = library.func('str headrope_status_id(int32_t status)');
const errorCount = library.func('int64_t headrope_findings_error_count(void *findings)');
const warningCount =
    library.func('int64_t headrope_findings_warning_count(void *findings)');

function call(name, ...inputs) {
  error.struct_size = koffi.sizeof('Error');
  return functions[name](...inputs, error);
}

function must(name, ...inputs) {
  const status = call(name, ...inputs);
  if (status !== 0) throw new Error(`${statusId(status)}: ${error.message}`);
}

// Calls a function with one output and gives it.
function made(name, ...inputs) {
  const out = [null];
  must(name, ...inputs, out);
  return out[0];
}

function free(kind, handle) {
  library.func(`void headrope_${kind}(void *handle)`)(handle);
}

function say(text) {
  process.stdout.write(text + '\n');
}

function show(title, table) {
  const pieces = [];
  must('table_write_csv', table, (bytes, size) => {
    pieces.push(Buffer.from(koffi.decode(bytes, 'uint8_t', Number(size))));
    return 0;
  }, null);
  free('table_free', table);
  process.stdout.write(`== ${title}\n${Buffer.concat(pieces).toString()}`);
}

const day = (text) => made('date_parse', text, NTS);
const find = (snapshot, object, identity) =>
    made('snapshot_find', snapshot, object, identity, NTS);
const findRule = (pack, rule) => made('pack_find_rule', pack, rule, NTS);

// Fills a struct: its own size, and zero for what is not given.
function struct(type, values) {
  const all = {struct_size: koffi.sizeof(type)};
  for (const [name, member] of Object.entries(koffi.type(type).members)) {
    if (name === 'struct_size') continue;
    const isNumber = member.type.primitive.startsWith('Int');
    all[name] = values[name] ?? (isNumber ? 0 : null);
  }
  return all;
}

const year = () => struct(
    'Question', {valid_from: day('2013-01-01'), valid_until: day('2014-01-01')});

function rollUp(snapshot, party, administrative) {
  const sessions = find(snapshot, MEASURE, 'study_session');
  const days = made('figures_tally', snapshot, struct('Tally', {
                      reduction: DISTINCT_DAYS,
                      measures: [sessions],
                      measure_count: 1
                    }));
  show('days of study', made('figures_roll_up', days, party, NONE, ALL_LEVELS, 1));
  const sums = made('sums_new', days, party);
  say(`below U08: ${made('sums_at', sums, find(snapshot, UNIT, 'U08'))}`);
  const units = made('figures_count_units', snapshot, null, 0);
  show('units', made('figures_roll_up', units, administrative, NONE, 1, 1));
  show('members',
       made('snapshot_member_table', snapshot, party, NONE, ALL_LEVELS, PRIMARY));
  free('sums_free', sums);
  free('figures_free', days);
  free('figures_free', units);
}

function cover(snapshot, pack, ruleId, hierarchy) {
  const assessment =
      made('assessment_new', snapshot, pack, [findRule(pack, ruleId)], 1, year());
  const coverage = made('coverage_new', assessment, hierarchy, PRIMARY, 1);
  show(ruleId, made('coverage_table', coverage, NONE, ALL_LEVELS));
  free('coverage_free', coverage);
  free('assessment_free', assessment);
}

function listGaps(snapshot) {
  const responsibility = made('responsibility_new', snapshot);
  show('gaps', made('responsibility_gaps', responsibility, null));
  free('responsibility_free', responsibility);
}

function explain(snapshot, pack) {
  const explanation = made(
      'explanation_new', snapshot, pack, findRule(pack, 'S02'), 'U10', NTS, year());
  say('== why');
  for (const language of [EN, ZH]) {
    const sentence = {};
    must('explanation_sentence', explanation, language, sentence);
    say(Buffer.from(koffi.decode(sentence.data, 'uint8_t', Number(sentence.size)))
            .toString());
  }
  free('explanation_free', explanation);
}

function fail(registry) {
  const stop = koffi.register(() => 1, koffi.pointer(Progress));
  let status = call(
      'registry_load', 'xincheng', NTS, struct('RegistryOptions', {progress: stop}), null,
      [null]);
  koffi.unregister(stop);
  say(`== cancelled\n${statusId(status)} ${error.message}`);
  status = call(
      'pack_parse', registry, 'format: headrope-pack/1\nid: x\nrulez: []\n', NTS, 'x.yaml',
      NTS, null, 0, null, [null]);
  say(`== mistaken\n${statusId(status)} ${error.file} line ${error.row} column ` +
      `${error.column}\n${error.message}`);
}

say(`headrope ${version()}`);
const findings = made('findings_new', 0);
const registry = made('registry_load', 'xincheng', NTS, null, findings);
say(`${errorCount(findings)} errors, ${warningCount(findings)} warnings`);
const snapshot = made('registry_freeze', registry, day('2013-12-31'), null, findings);
const party = find(snapshot, HIERARCHY, 'party');
const administrative = find(snapshot, HIERARCHY, 'administrative');
rollUp(snapshot, party, administrative);
const pack = made('pack_load', registry, 'pack/pack.yaml', NTS, findings);
cover(snapshot, pack, 'S02', party);
cover(snapshot, pack, 'S04', administrative);
listGaps(snapshot);
explain(snapshot, pack);
fail(registry);
free('pack_free', pack);
free('snapshot_release', snapshot);
free('registry_free', registry);
free('findings_free', findings);
