// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The command line program: which commands there are and what they take.

#include <cstdio>
#include <exception>
#include <utility>
#include <vector>

#include "headrope/commands.hpp"
#include "headrope/test_command.hpp"

namespace headrope::tool {
namespace {

using Command = int (*)(const Options&);

// What every command that reads data has.
void add_common(CLI::App& command, Options& options) {
  command.add_flag("--time", options.shows_time,
                   "tell how long each step took");
  command.add_option("--threads", options.threads, "threads to use")
      ->check(CLI::Range(1U, 64U));
}

CLI::App* add_command(CLI::App& app, Options& options, const char* name,
                      const char* description) {
  CLI::App* command = app.add_subcommand(name, description);
  command
      ->add_option("data", options.data,
                   "folder of the data package, or a freeze file")
      ->required();
  add_common(*command, options);
  return command;
}

// Commands that take a freeze file too need no day.
void add_day(CLI::App& command, Options& options, bool is_required = true) {
  command
      .add_option("--as-of", options.as_of, "the day asked about, YYYY-MM-DD")
      ->required(is_required);
  command.add_option("--known-on", options.known_on,
                     "only what stood in the books on this day");
}

void add_tree(CLI::App& command, Options& options) {
  command.add_option("--hierarchy", options.hierarchy,
                     "the hierarchy to roll up along");
  command.add_option("--under", options.under, "only this unit and below");
  command.add_option("--levels", options.levels, "so many levels below")
      ->check(CLI::NonNegativeNumber);
}

void add_range(CLI::App& command, Options& options) {
  auto* year = command.add_option("--year", options.year, "a calendar year");
  command.add_option("--from", options.from, "first day")->excludes(year);
  command.add_option("--to", options.to, "last day, itself included")
      ->excludes(year);
}

void add_tally(CLI::App& command, Options& options) {
  command.add_option("--measure", options.measures, "measures, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option(
      "--tally", options.tally,
      "count, sum, distinct_days, last, least or greatest; default count");
  command.add_option("--credit-along", options.credit_along,
                     "credit joint records of units above in this hierarchy");
  command.add_option("--kind", options.kinds, "kinds of unit, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_rule(CLI::App& command, Options& options) {
  add_tally(command, options);
  command.add_option("--subjects", options.subjects, "units or persons");
  command.add_option("--where", options.where,
                     "attribute=value,value or attribute!=value");
  command.add_option("--exempt", options.exempt,
                     "exempts those with attribute=value,value");
  command
      .add_option("--attended", options.attended,
                  "tally records that persons attended, with a status of "
                  "present,late,made_up,excused,absent")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option(
      "--each", options.each,
      "a window for each week, month, quarter, half_year or year");
  command.add_option("--at-least", options.at_least, "threshold");
  command.add_option("--at-most", options.at_most, "threshold");
  command.add_option("--equal", options.equal, "threshold");
  command.add_option("--partial", options.partial,
                     "units that lived in part of a window: full_only, "
                     "any_day, pro_rata or at_end");
}

void add_basis(CLI::App& command, Options& options) {
  command.add_option("--basis", options.basis,
                     "how persons count: primary, any or every");
}

void add_pack(CLI::App& command, Options& options, bool is_required) {
  auto* pack =
      command.add_option("--pack", options.pack, "file of a rule pack");
  if (is_required) pack->required();
  command.add_option("--rule", options.rules, "rules of the pack, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_change(CLI::App& command, Options& options) {
  auto* against =
      command.add_option("--against", options.against, "another pack");
  command
      .add_option("--set", options.set, "a parameter of the pack: NAME=VALUE")
      ->excludes(against);
  command.add_option("--set-from", options.set_from,
                     "the first day of the changed values");
  command.add_flag("--who", options.shows_who, "tell who changes");
}

// The commands that ask data, with a pack or a rule of the command line.
std::vector<std::pair<CLI::App*, Command>> add_data_commands(CLI::App& app,
                                                             Options& options) {
  CLI::App* check = add_command(app, options, "check",
                                "Load data, or packs, and list every finding");
  CLI::App* summary =
      add_command(app, options, "summary", "Count what there is on a day");
  add_day(*summary, options, false);
  CLI::App* roll_up_figures =
      add_command(app, options, "roll-up",
                  "Add a measure, or units of some kinds, up a hierarchy");
  add_day(*roll_up_figures, options, false);
  add_tree(*roll_up_figures, options);
  add_range(*roll_up_figures, options);
  add_tally(*roll_up_figures, options);
  CLI::App* members = add_command(app, options, "members",
                                  "Count members at and below each unit");
  add_day(*members, options, false);
  add_tree(*members, options);
  add_basis(*members, options);
  CLI::App* overlap = add_command(app, options, "overlap",
                                  "Different persons below several units");
  add_day(*overlap, options);
  overlap
      ->add_option("subtrees", options.subtrees,
                   "what is below a unit: HIERARCHY:UNIT, 1 to 16 of them")
      ->required();
  overlap->add_option("--basis", options.set_basis,
                      "by which membership: primary or any");
  CLI::App* assessment =
      add_command(app, options, "assess",
                  "The status of a rule for each subject in each window");
  add_day(*assessment, options, false);
  add_range(*assessment, options);
  add_rule(*assessment, options);
  add_pack(*assessment, options, false);
  CLI::App* coverage = add_command(app, options, "coverage",
                                   "The coverage of a rule at each unit");
  add_day(*coverage, options, false);
  add_tree(*coverage, options);
  add_range(*coverage, options);
  add_rule(*coverage, options);
  add_basis(*coverage, options);
  add_pack(*coverage, options, false);
  coverage->add_option("--group", options.group, "a group of the pack's rules");
  coverage->add_option("--by", options.by, "kind, level or attribute:NAME");
  CLI::App* attendance = add_command(
      app, options, "attendance", "Attendance at the records that units held");
  add_day(*attendance, options, false);
  add_tree(*attendance, options);
  add_range(*attendance, options);
  add_tally(*attendance, options);
  CLI::App* freezing = add_command(
      app, options, "freeze", "Write the data of a day as one file to open");
  add_day(*freezing, options);
  freezing->add_option("-o,--out", options.out, "the file to write")
      ->required();
  return {{check, check_path},          {freezing, freeze_to_file},
          {summary, show_summary},      {roll_up_figures, show_roll_up},
          {members, show_members},      {overlap, show_overlap},
          {assessment, assess_pack},    {coverage, cover_pack},
          {attendance, show_attendance}};
}

// The commands that ask a pack about data.
std::vector<std::pair<CLI::App*, Command>> add_pack_commands(CLI::App& app,
                                                             Options& options) {
  CLI::App* explanation = add_command(
      app, options, "explain", "Why a rule has its status for a subject");
  add_day(*explanation, options);
  add_range(*explanation, options);
  add_pack(*explanation, options, true);
  explanation->add_option("--subject", options.subject, "the subject's id")
      ->required();
  CLI::App* comparison = add_command(
      app, options, "compare", "What another pack, or threshold, changes");
  add_day(*comparison, options);
  add_range(*comparison, options);
  add_tree(*comparison, options);
  add_pack(*comparison, options, true);
  add_change(*comparison, options);
  add_basis(*comparison, options);
  CLI::App* points = add_command(app, options, "spectrum",
                                 "The coverage of a rule at every threshold");
  add_day(*points, options);
  add_range(*points, options);
  add_pack(*points, options, true);
  points->add_option("--wanted", options.wanted,
                     "the threshold that such a share meets, as 90%");
  auto* unit = points->add_option("--unit", options.under,
                                  "only what is at and below this unit");
  unit->needs(points->add_option("--hierarchy", options.hierarchy,
                                 "the hierarchy of --unit"));
  add_basis(*points, options);
  CLI::App* rules =
      app.add_subcommand("rules", "List the rules of packs and their clauses");
  rules->add_option("packs", options.paths, "files or folders of packs")
      ->required();
  auto* parameters = rules->add_flag("--parameters", options.shows_parameters,
                                     "list the parameters instead");
  rules
      ->add_flag("--duties", options.shows_duties,
                 "list the duties and who leads them instead")
      ->excludes(parameters);
  rules->add_option("--as-of", options.as_of, "the day of the parameters");
  CLI::App* figures = app.add_subcommand(
      "audit", "Recompute the figures that documents state themselves");
  figures->add_option("packs", options.paths, "files or folders of packs")
      ->required();
  return {{explanation, explain_status},
          {comparison, compare_packs},
          {points, show_spectrum},
          {rules, show_rules},
          {figures, audit_packs}};
}

// What the commands about responsibility have in common.
CLI::App* add_responsibility_command(CLI::App& app, Options& options,
                                     const char* name,
                                     const char* description) {
  CLI::App* command = app.add_subcommand(name, description);
  command
      ->add_option("data", options.data,
                   "folder of the data package, or file of a rule pack")
      ->required();
  add_common(*command, options);
  command->add_option("--as-of", options.as_of,
                      "the day of the structure, YYYY-MM-DD; of a pack alone, "
                      "its first day unless given");
  command->add_option("--known-on", options.known_on,
                      "only what stood in the books on this day");
  command->add_option("--pack", options.pack,
                      "a rule pack, whose duties are added");
  command
      ->add_option("--name", options.names,
                   "a name of the pack and whose it is: NAME=IDENTITY")
      ->allow_extra_args(false);
  command->add_option("--along,--line,--hierarchy", options.hierarchy,
                      "the hierarchy");
  command->add_option("--unit,--under", options.under,
                      "a unit; with a hierarchy, what is at and below it");
  return command;
}

void add_duties_asked(CLI::App& command, Options& options) {
  command
      .add_option("--duty", options.duties,
                  "a duty, by its identity or name; of gaps several, with "
                  "commas")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_roles(CLI::App& command, Options& options) {
  add_duties_asked(command, options);
  command.add_option("--role", options.roles, "roles, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--on", options.on,
                  "who held what on this day; default: the day of --as-of")
      ->allow_extra_args(false);
}

void add_who(CLI::App& command, Options& options) {
  add_roles(command, options);
  auto* person = command.add_option("--person", options.person,
                                    "who answers for this person");
  auto* post = command
                   .add_option("--post", options.post,
                               "who held this post, and when nobody did")
                   ->excludes(person);
  auto* shows_missed = command
                           .add_flag("--missed", options.shows_missed,
                                     "who had to answer for what the --rule "
                                     "of the --pack missed")
                           ->excludes(person)
                           ->excludes(post);
  command.add_option("--rule", options.rules, "the rule of --missed")
      ->allow_extra_args(false);
  add_range(command, options);
  command
      .add_flag("--matrix", options.shows_matrix,
                "a cross table of duties and holders")
      ->excludes(person)
      ->excludes(post)
      ->excludes(shows_missed);
  command
      .add_option("--svg", options.svg, "draw the cross table into this file")
      ->excludes(person)
      ->excludes(post)
      ->excludes(shows_missed);
  for (CLI::Option* one : {person, post, shows_missed}) {
    one->excludes(command.get_option("--unit"));
  }
  for (CLI::Option* one : {post, shows_missed}) {
    one->excludes(command.get_option("--on"));
  }
  command.add_option("--by", options.by,
                     "beside the duties: holder, unit or kind");
  command.add_option("--kind", options.kinds, "only units of this kind")
      ->allow_extra_args(false);
}

void add_load(CLI::App& command, Options& options) {
  command
      .add_option("--on", options.on,
                  "a day; may be given several times; default: --as-of")
      ->allow_extra_args(false);
  add_range(command, options);
  command.add_option("--every", options.each,
                     "the last day of each week, month, quarter, half_year or "
                     "year of the range");
  command
      .add_option("--limit", options.limits,
                  "how much one may carry, as posts=2; of leads, "
                  "cooperations, posts, liaisons, contact_points, total")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_flag("--over", options.shows_over, "only those past a limit");
  auto* persons =
      command.add_flag("--persons", options.shows_persons, "only persons");
  command.add_flag("--unit-load", options.shows_unit_load, "only units")
      ->excludes(persons);
}

// The commands about who answers for what.
std::vector<std::pair<CLI::App*, Command>> add_responsibility_commands(
    CLI::App& app, Options& options) {
  CLI::App* who =
      add_responsibility_command(app, options, "who", "Who answers for what");
  add_who(*who, options);
  CLI::App* gaps = add_responsibility_command(
      app, options, "gaps", "Where nobody answers, or two do, and since when");
  add_duties_asked(*gaps, options);
  add_range(*gaps, options);
  gaps->add_option("--type", options.types, "findings, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  gaps->add_flag("--units", options.shows_units,
                 "a row for each unit, instead of those alike together");
  CLI::App* chain = add_responsibility_command(
      app, options, "chain", "Where the chain from the top down is broken");
  add_roles(*chain, options);
  chain->add_flag("--needs-post", options.needs_post,
                  "a unit without such a post is a break too");
  auto* hanging =
      chain->add_flag("--hanging", options.shows_hanging,
                      "the units that hang on the --unit, or on every break");
  chain
      ->add_option("--points", options.points,
                   "so many of those whose loss would break most")
      ->check(CLI::PositiveNumber)
      ->excludes(hanging);
  CLI::App* load = add_responsibility_command(app, options, "load",
                                              "What everybody carries");
  add_load(*load, options);
  return {{who, show_holders},
          {gaps, show_gaps},
          {chain, show_chain},
          {load, show_load}};
}

// The commands that make what people look at.
std::vector<std::pair<CLI::App*, Command>> add_report_commands(
    CLI::App& app, Options& options) {
  CLI::App* report = add_command(app, options, "report",
                                 "Write one HTML file to look at, offline");
  add_day(*report, options);
  add_range(*report, options);
  add_pack(*report, options, true);
  add_change(*report, options);
  add_basis(*report, options);
  report->add_option("--out", options.out, "the file to write")->required();
  report->add_option("--title", options.title,
                     "default: the title of the document");
  report
      ->add_option("--by", options.group_by,
                   "attributes to group subjects by, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  report
      ->add_option("--explanations", options.explanations,
                   "so many subjects are explained step by step")
      ->check(CLI::NonNegativeNumber);
  report->add_option("--hierarchy", options.hierarchy,
                     "the hierarchy that is published");
  report->add_option("--withheld", options.withheld,
                     "with --publish: tell in this file what is withheld, and "
                     "why; it is not for publication");
  report
      ->add_option("--publish", options.publish,
                   "for publication: no counts below this, default 10, nor "
                   "what gives them away; no lists")
      ->expected(0, 1)
      ->default_str("10")
      ->check(CLI::Range(2, 1'000'000));
  return {{report, make_report}};
}

// Reading back what offices exchange.
std::vector<std::pair<CLI::App*, Command>> add_import_commands(
    CLI::App& app, Options& options) {
  CLI::App* import = app.add_subcommand(
      "import", "Read tables of a data package from an .xlsx workbook");
  import->add_option("book", options.data, "the workbook")->required();
  import->add_option("--to", options.out, "the folder of the data package")
      ->required();
  return {{import, import_workbook}};
}

CLI::App* add_picture(CLI::App& draw, Options& options, const char* name,
                      const char* description) {
  CLI::App* picture = add_command(draw, options, name, description);
  add_day(*picture, options);
  picture->add_option("--out", options.out, "the file to write: .svg or .png")
      ->required();
  picture->add_option("--title", options.title, "in place of our own");
  picture
      ->add_option("--scale", options.scale,
                   "pixels of a PNG for each of the SVG")
      ->check(CLI::Range(0.1, 8.0));
  return picture;
}

// The pictures; each is a command below `draw`.
std::vector<std::pair<CLI::App*, Command>> add_draw_commands(CLI::App& app,
                                                             Options& options) {
  CLI::App* draw = app.add_subcommand("draw", "Draw one picture, SVG or PNG");
  draw->require_subcommand(1);
  draw->fallthrough();
  CLI::App* tree =
      add_picture(*draw, options, "tree", "Units with bars of their coverage");
  CLI::App* heatmap = add_picture(*draw, options, "heatmap",
                                  "The coverage of units month by month");
  CLI::App* points = add_picture(*draw, options, "spectrum",
                                 "The coverage at every threshold");
  for (CLI::App* one : {tree, heatmap, points}) {
    add_range(*one, options);
    add_pack(*one, options, true);
  }
  for (CLI::App* one : {tree, heatmap}) {
    add_tree(*one, options);
    add_basis(*one, options);
  }
  CLI::App* table =
      add_picture(*draw, options, "matrix", "Who answers for what");
  table->add_option("--along,--hierarchy", options.hierarchy, "the hierarchy");
  table->add_option("--unit,--under", options.under,
                    "only units at and below this one");
  table->add_option("--by", options.by,
                    "beside the duties: holder, unit or kind");
  CLI::App* chain = add_picture(*draw, options, "chain",
                                "Where the chain from the top is broken");
  add_tree(*chain, options);
  add_duties_asked(*chain, options);
  chain->add_option("--role", options.roles, "roles, with commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  chain->add_flag("--needs-post", options.needs_post,
                  "a unit without such a post is a break too");
  return {{tree, draw_tree},
          {heatmap, draw_heatmap},
          {points, draw_spectrum},
          {table, draw_matrix},
          {chain, draw_chain}};
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Headrope: an organisation as a graph, and what its rules ask",
               "headrope");
  app.set_version_flag("--version", std::string(library_version()));
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--lang", options.language, "wording: en or zh")
      ->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--format", options.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}));

  auto commands = add_data_commands(app, options);
  for (const auto add :
       {add_pack_commands, add_responsibility_commands, add_report_commands,
        add_import_commands, add_draw_commands}) {
    const auto more = add(app, options);
    commands.insert(commands.end(), more.begin(), more.end());
  }

  TestOptions tests;
  CLI::App* test = add_test_command(app, tests);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : 2;
  }
  if (test->parsed()) return run_tests(tests, options.language);
  for (const auto& [command, function] : commands) {
    if (command->parsed()) return function(options);
  }
  return 2;
}

}  // namespace
}  // namespace headrope::tool

int main(int argc, char** argv) {
  try {
    return headrope::tool::run(argc, argv);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "headrope: %s\n", fault.what());
    return 1;
  }
}
