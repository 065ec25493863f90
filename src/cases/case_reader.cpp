// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/case_reader.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/utf8.hpp"

namespace headrope {
namespace {

constexpr std::string_view format_name = "headrope-cases/1";

class CaseReader {
 public:
  explicit CaseReader(NodeReader& reader) : reader_(reader) {}

  CaseFile read_file(const YamlNode& root) {
    CaseFile file;
    if (!reader_.check_map(
            root, "a case file",
            {"format", "pack", "note", "organisation", "cases"})) {
      return file;
    }
    if (const YamlNode* format = reader_.need(root, "format")) {
      if (!format->is_scalar() || format->text != format_name) {
        reader_.tell(Code::format_unsupported, *format,
                     "the format is not " + std::string(format_name));
      }
    }
    reader_.read_text(root, "note");
    if (const std::string pack = reader_.read_text(root, "pack");
        !pack.empty()) {
      file.pack = pack;
    }
    if (const YamlNode* own = root.find("organisation")) {
      file.organisation = read_organisation(*own, reader_);
    }
    if (const YamlNode* cases = reader_.need(root, "cases")) {
      read_cases(*cases, file);
    }
    return file;
  }

 private:
  void read_cases(const YamlNode& node, CaseFile& file) {
    const auto items = reader_.read_list(node);
    if (node.is_list() && items.empty()) {
      reader_.tell(Code::case_invalid, node, "there is no case");
    }
    std::set<std::string> ids;
    for (const YamlNode& item : items) {
      Case made = read_case(item);
      if (!made.id.empty() && !ids.insert(made.id).second) {
        reader_.tell(Code::case_invalid, *item.find("id"),
                     "another case of the file has this id");
      }
      file.cases.push_back(std::move(made));
    }
  }

  Case read_case(const YamlNode& node) {
    Case made;
    made.line = node.line;
    if (!reader_.check_map(node, "a case",
                           {"id", "title", "note", "clause", "as_of", "range",
                            "organisation", "expect", "against", "falls_out",
                            "enters", "audit", "phase", "responsibility"})) {
      return made;
    }
    if (const YamlNode* id = reader_.need(node, "id")) {
      made.id = reader_.read_id(*id);
    }
    if (const YamlNode* title = reader_.need(node, "title")) {
      made.title = reader_.read_label(*title);
    }
    reader_.read_text(node, "note");
    made.clause = reader_.read_text(node, "clause");
    read_days(node, made);
    if (const YamlNode* own = node.find("organisation")) {
      made.organisation = read_organisation(*own, reader_);
    }
    read_outcome(node, made);
    return made;
  }

  void read_days(const YamlNode& node, Case& made) {
    if (const YamlNode* as_of = reader_.need(node, "as_of")) {
      made.as_of = reader_.read_date(*as_of).value_or(Date{});
    }
    made.range = period_of(made.as_of, Period::year);
    const YamlNode* range = node.find("range");
    if (range == nullptr) return;
    if (!reader_.check_map(*range, "a range", {"from", "until"})) return;
    const YamlNode* from = reader_.need(*range, "from");
    const YamlNode* until = reader_.need(*range, "until");
    if (from == nullptr || until == nullptr) return;
    const auto first = reader_.read_date(*from);
    const auto last = reader_.read_date(*until);
    if (!first || !last) return;
    made.range = {*first, add_days(*last, 1)};
    if (made.range.is_empty()) {
      reader_.tell(Code::interval_reversed, *until,
                   "the last day is before the first");
    }
  }

  void read_outcome(const YamlNode& node, Case& made) {
    bool expects_anything = false;
    if (const YamlNode* expect = node.find("expect")) {
      expects_anything = true;
      made.expect = read_expectations(*expect, reader_);
    }
    if (const YamlNode* against = node.find("against")) {
      made.against = read_against(*against);
    }
    for (auto [key, to] : {std::pair("falls_out", &made.falls_out),
                           std::pair("enters", &made.enters)}) {
      const YamlNode* list = node.find(key);
      if (list == nullptr) continue;
      expects_anything = true;
      *to = read_subjects(*list);
      if (!made.against) {
        reader_.tell(Code::key_missing, *list,
                     in_quotes(key) + " needs the key 'against'");
      }
    }
    if (const YamlNode* audit = node.find("audit")) {
      expects_anything = true;
      made.audit = read_audit(*audit);
    }
    if (const YamlNode* phase = node.find("phase")) {
      expects_anything = true;
      made.phase = read_phase(*phase);
    }
    if (const YamlNode* asked = node.find("responsibility")) {
      expects_anything = true;
      made.responsibility = read_responsibility(*asked, reader_);
    }
    if (!expects_anything) {
      reader_.tell(Code::key_missing, node,
                   "one of 'expect', 'audit', 'phase', 'responsibility', "
                   "'falls_out' and 'enters' is needed");
    }
  }

  CaseAgainst read_against(const YamlNode& node) {
    CaseAgainst against;
    against.line = node.line;
    if (!node.is_map()) {
      against.file = reader_.read_text(node).value_or("");
      return against;
    }
    reader_.check_map(node, "'against'", {"parameters", "from"});
    if (const YamlNode* from = reader_.need(node, "from")) {
      against.from = reader_.read_date(*from).value_or(Date{});
    }
    const YamlNode* parameters = reader_.need(node, "parameters");
    if (parameters == nullptr || !check_entries(*parameters)) return against;
    for (std::size_t at = 0; at < parameters->items.size(); ++at) {
      if (const auto value = reader_.read_number(parameters->items[at])) {
        against.parameters.emplace_back(parameters->keys[at].text, *value);
      }
    }
    return against;
  }

  // True for a map with an entry.
  bool check_entries(const YamlNode& node) {
    if (node.is_map() && !node.items.empty()) return true;
    reader_.tell(Code::case_invalid, node, "a map with an entry is expected");
    return false;
  }

  std::vector<ExpectedSubjects> read_subjects(const YamlNode& node) {
    std::vector<ExpectedSubjects> list;
    if (!check_entries(node)) return list;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      list.push_back({node.keys[at].text, reader_.read_texts(node.items[at]),
                      node.keys[at].line});
    }
    return list;
  }

  std::vector<ExpectedVerdict> read_audit(const YamlNode& node) {
    std::vector<ExpectedVerdict> list;
    if (!check_entries(node)) return list;
    for (std::size_t at = 0; at < node.items.size(); ++at) {
      if (const auto word = reader_.find_in(node.items[at], audit_words)) {
        list.push_back({node.keys[at].text, static_cast<AuditVerdict>(*word),
                        node.keys[at].line});
      }
    }
    return list;
  }

  ExpectedPhase read_phase(const YamlNode& node) {
    ExpectedPhase phase;
    phase.line = node.line;
    if (!reader_.check_map(node, "a phase", {"id", "day", "days", "open"})) {
      return phase;
    }
    if (const YamlNode* id = reader_.need(node, "id")) {
      phase.id = reader_.read_id(*id);
    }
    for (auto [key, to] :
         {std::pair("day", &phase.day), std::pair("days", &phase.days),
          std::pair("open", &phase.open)}) {
      if (const YamlNode* number = node.find(key)) {
        *to = read_count(*number, reader_);
      }
    }
    return phase;
  }

  NodeReader& reader_;
};

}  // namespace

std::optional<std::int64_t> read_count(const YamlNode& node,
                                       NodeReader& reader) {
  const auto number = reader.read_number(node);
  if (!number) return std::nullopt;
  if (number->denominator == 1 && number->numerator >= 0) {
    return number->numerator;
  }
  reader.tell(Code::value_out_of_range, node,
              "a whole number from 0 on is expected");
  return std::nullopt;
}

std::optional<CaseFile> parse_cases(std::string_view text,
                                    std::string_view name,
                                    Diagnostics& findings) {
  Diagnostics own;
  NodeReader reader(name, own);
  std::optional<CaseFile> file;
  if (const auto root = parse_yaml(text, name, PackLimits{}, own)) {
    file = CaseReader(reader).read_file(*root);
    file->name = name;
  }
  // By line, and by column as a number.
  const auto place = [](const Diagnostic& one) {
    return std::tuple(one.row, one.column.size(), std::string_view(one.column),
                      one.code);
  };
  std::stable_sort(own.items().begin(), own.items().end(),
                   [&](const Diagnostic& left, const Diagnostic& right) {
                     return place(left) < place(right);
                   });
  for (Diagnostic& finding : own.items()) {
    // What reads the nodes is shared with the packs.
    if (finding.code == Code::pack_invalid) finding.code = Code::case_invalid;
    findings.add(std::move(finding));
  }
  if (own.error_count() > 0) return std::nullopt;
  return file;
}

}  // namespace headrope
