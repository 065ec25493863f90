// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Packs from texts, files and folders. Files are parsed first, so that each
// says which pack it stands on; then they are read from the lowest up.

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "base/utf8.hpp"
#include "headrope/pack.hpp"
#include "load/file.hpp"
#include "load/pack_reader.hpp"
#include "load/strict_yaml.hpp"
#include "rules/overlay.hpp"

namespace headrope {
namespace {

namespace fs = std::filesystem;

// Orders by file, line and column as a number; what was found first in a place
// stays first.
void sort_by_place(Diagnostics& findings) {
  const auto key = [](const Diagnostic& one) {
    return std::tuple(std::string_view(one.file), one.row, one.column.size(),
                      std::string_view(one.column));
  };
  const auto items = findings.items();
  std::stable_sort(items.begin(), items.end(),
                   [&](const Diagnostic& left, const Diagnostic& right) {
                     return key(left) < key(right);
                   });
}

Error first_error(const Diagnostics& findings) {
  const auto items = findings.items();
  if (items.empty()) return {Code::limit_exceeded, "the findings are full"};
  const Diagnostic& first = items.front();
  std::string place = first.file;
  if (first.row > 0) {
    place += ":" + std::to_string(first.row) + ":" + first.column;
  }
  const std::uint64_t others = findings.error_count() - 1;
  return {
      first.code,
      place + ": " +
          (first.value.empty() ? "" : in_quotes(first.value) + ": ") +
          first.message +
          (others == 0 ? ""
                       : " (and " + std::to_string(others) + " other errors)")};
}

// A set of packs that may stand on each other.
class PackSet {
 public:
  PackSet(const Registry& vocabulary, const PackLimits& limits)
      : vocabulary_(vocabulary), limits_(limits) {}

  // A pack that is made already.
  void add(const PackPointer& pack) { made_.emplace(pack->id(), pack); }

  // A text to be read; findings about its form are told now.
  void add(std::string_view text, std::string name) {
    Source source;
    source.name = std::move(name);
    if (auto root = parse_yaml(text, source.name, limits_, findings_)) {
      source.root = *std::move(root);
      source.head = read_head(source.root);
      source.state = State::parsed;
    }
    sources_.push_back(std::move(source));
  }

  [[nodiscard]] const PackHead& head(std::size_t at) const {
    return sources_[at].head;
  }
  [[nodiscard]] std::size_t size() const { return sources_.size(); }
  [[nodiscard]] Diagnostics& findings() { return findings_; }

  void tell(Code code, std::string file, std::string value,
            std::string message) {
    findings_.add({code,
                   Severity::error,
                   std::move(file),
                   0,
                   {},
                   std::move(value),
                   std::move(message)});
  }

  // Reads a text, and those that it stands on before it.
  void make(std::size_t wanted) {
    index();
    std::vector<std::size_t> chain{wanted};
    while (sources_[chain.back()].state == State::parsed) {
      Source& top = sources_[chain.back()];
      top.state = State::waiting;
      if (top.head.overlays.empty() || made_.contains(top.head.overlays)) break;
      const auto below = by_id_.find(top.head.overlays);
      if (below == by_id_.end()) break;
      if (sources_[below->second].state == State::waiting) {
        const auto first = std::find(chain.begin(), chain.end(), below->second);
        tell_cycle({first, chain.end()});
        break;
      }
      chain.push_back(below->second);
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
      if (sources_[*at].state == State::waiting) read(sources_[*at]);
    }
  }

  // The packs that were made of the texts, in the order of the texts.
  Result<std::vector<PackPointer>> finish() {
    sort_by_place(findings_);
    if (findings_.error_count() > 0) return first_error(findings_);
    std::vector<PackPointer> packs;
    for (const Source& source : sources_) {
      if (source.pack) packs.push_back(source.pack);
    }
    return packs;
  }

 private:
  // Waiting: for those below. Done: made, or told why not.
  enum class State : std::uint8_t { unreadable, parsed, waiting, done };

  struct Source {
    std::string name{};
    YamlNode root{};
    PackHead head{};
    State state = State::unreadable;
    PackPointer pack{};
  };

  // Two files of one id cannot be told apart; the first in order counts.
  void index() {
    for (; indexed_ < sources_.size(); ++indexed_) {
      const Source& source = sources_[indexed_];
      if (source.head.id.empty()) continue;
      const auto [at, is_new] = by_id_.emplace(source.head.id, indexed_);
      if (is_new) continue;
      tell_at(source, "id", Code::pack_invalid,
              in_quotes(sources_[at->second].name) +
                  " is a pack of this id already");
    }
  }

  void tell_at(const Source& source, std::string_view key, Code code,
               std::string message) {
    const YamlNode* node = source.root.find(key);
    if (node == nullptr) node = &source.root;
    findings_.add({code, Severity::error, source.name,
                   static_cast<std::uint64_t>(node->line),
                   std::to_string(node->column),
                   std::string(shortened(node->text, 80)), std::move(message)});
  }

  void tell_cycle(std::span<const std::size_t> members) {
    for (const std::size_t member : members) {
      tell_at(sources_[member], "overlays", Code::overlay_cycle,
              members.size() == 1
                  ? "the pack stands on itself"
                  : "the pack stands on itself over others, " +
                        std::to_string(members.size()) + " in all");
      sources_[member].state = State::done;
    }
  }

  void read(Source& source) {
    source.state = State::done;
    PackPointer base;
    if (!source.head.overlays.empty()) {
      const auto found = made_.find(source.head.overlays);
      if (found == made_.end()) {
        // One that is there and could not be read has findings of its own.
        if (!by_id_.contains(source.head.overlays)) tell_no_base(source);
        return;
      }
      base = found->second;
    }
    const std::uint64_t errors = findings_.error_count();
    PackModel model = read_pack(source.root, source.name, vocabulary_,
                                base ? &base->model() : nullptr, findings_);
    source.root = YamlNode();
    if (findings_.error_count() > errors) return;
    if (base) model = apply_overlay(base->model(), std::move(model));
    source.pack = std::make_shared<const Pack>(
        std::make_unique<const PackModel>(std::move(model)));
    made_.emplace(source.head.id, source.pack);
  }

  void tell_no_base(const Source& source) {
    std::string known;
    for (const auto& [id, at] : by_id_) {
      if (id == source.head.id) continue;
      known += (known.empty() ? "; there are: " : ", ") + id;
      if (known.size() > 400) break;
    }
    tell_at(source, "overlays", Code::pack_unknown,
            "no pack of this id was read" + known);
  }

  const Registry& vocabulary_;
  const PackLimits& limits_;
  Diagnostics findings_;
  std::vector<Source> sources_;
  std::size_t indexed_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::map<std::string, PackPointer, std::less<>> made_;
};

bool is_pack_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".yaml") && !name.ends_with(".cases.yaml");
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// Reads a file inside a folder; findings name it as `name`.
void add_file(PackSet& set, const fs::path& folder, const std::string& inside,
              const std::string& name, const PackLimits& limits) {
  const auto opened = PackageFolder::open(folder);
  auto file =
      opened ? opened->open_file(inside) : Result<FileHandle>(opened.error());
  if (!file) return set.tell(file.error().code, name, {}, file.error().message);
  const auto text = read_whole(*file, limits.bytes_max);
  if (!text) return set.tell(text.error().code, name, {}, text.error().message);
  set.add(*text, name);
}

// The packs at or below a folder, as paths inside it; links are not followed.
std::vector<std::string> find_files(PackSet& set, const fs::path& folder,
                                    bool also_below, const PackLimits& limits) {
  std::vector<std::string> found;
  std::error_code fault;
  fs::recursive_directory_iterator at(folder, fault);
  const fs::recursive_directory_iterator end;
  while (!fault && at != end) {
    if (!also_below) at.disable_recursion_pending();
    std::error_code ignored;
    const bool is_folder =
        at->symlink_status(ignored).type() == fs::file_type::directory;
    if (at->is_symlink(ignored) && at->is_directory(ignored)) {
      set.tell(Code::path_refused, at->path().string(), {},
               "the folder is a link; links are not followed");
    } else if (!is_folder && is_pack_file(at->path())) {
      found.push_back(at->path().lexically_relative(folder).generic_string());
      if (found.size() > limits.files_max) {
        set.tell(Code::limit_exceeded, folder.string(), {},
                 "the folder holds more than " +
                     std::to_string(limits.files_max) + " packs");
        return {};
      }
    }
    at.increment(fault);
  }
  if (fault) {
    set.tell(Code::not_a_folder, folder.string(), {},
             "the folder cannot be read: " + fault.message());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Adds what a path names: a file, or all packs at or below a folder.
// No file twice, whichever paths lead to it.
void add_path(PackSet& set, const fs::path& path, const PackLimits& limits,
              std::set<fs::path>& seen) {
  std::error_code ignored;
  const auto is_new = [&](const fs::path& file) {
    return seen.insert(fs::weakly_canonical(file, ignored)).second;
  };
  if (!fs::is_directory(path, ignored)) {
    if (!is_new(path)) return;
    return add_file(set, folder_of(path), path.filename().string(),
                    path.string(), limits);
  }
  for (const std::string& inside : find_files(set, path, true, limits)) {
    if (!is_new(path / inside)) continue;
    add_file(set, path, inside, (path / inside).string(), limits);
  }
}

// Whether an overlay has a pack to stand on, as far as the set knows.
std::optional<std::string> missing_base(const PackSet& set, std::size_t at) {
  std::map<std::string, std::size_t, std::less<>> known;
  for (std::size_t one = 0; one < set.size(); ++one) {
    known.emplace(set.head(one).id, one);
  }
  for (std::size_t step = 0; step <= set.size(); ++step) {
    const std::string& below = set.head(at).overlays;
    if (below.empty()) return std::nullopt;
    const auto found = known.find(below);
    if (found == known.end()) return below;
    at = found->second;
  }
  return std::nullopt;
}

// Adds the packs that the first stands on, from the files of its folder. Other
// files of the folder are looked into and left.
void add_bases(PackSet& set, const Registry& vocabulary, const fs::path& file,
               const PackLimits& limits) {
  if (!missing_base(set, 0)) return;
  const fs::path folder = folder_of(file);
  struct Other {
    std::string inside;
    PackHead head;
  };
  std::vector<Other> others;
  for (std::string& inside : find_files(set, folder, false, limits)) {
    if (inside == file.filename().string()) continue;
    PackSet one(vocabulary, limits);
    add_file(one, folder, inside, inside, limits);
    if (one.size() == 0) continue;
    others.push_back({std::move(inside), one.head(0)});
  }
  while (const auto wanted = missing_base(set, 0)) {
    const auto found = std::find_if(
        others.begin(), others.end(),
        [&](const Other& other) { return other.head.id == *wanted; });
    if (found == others.end()) return;
    add_file(set, folder, found->inside, (folder / found->inside).string(),
             limits);
    others.erase(found);
  }
}

Result<PackPointer> first_pack(PackSet& set, Diagnostics& findings) {
  auto packs = set.finish();
  findings.append(set.findings());
  if (!packs) return packs.error();
  if (packs->empty()) return Error{Code::internal, "no pack was made"};
  return packs->front();
}

}  // namespace

Result<PackPointer> parse_pack(std::string_view text, std::string_view name,
                               const Registry& vocabulary,
                               std::span<const PackPointer> bases,
                               Diagnostics& findings,
                               const PackLimits& limits) {
  PackSet set(vocabulary, limits);
  for (const PackPointer& base : bases) set.add(base);
  set.add(text, std::string(name));
  set.make(0);
  return first_pack(set, findings);
}

Result<PackPointer> load_pack(const fs::path& file, const Registry& vocabulary,
                              Diagnostics& findings, const PackLimits& limits) {
  PackSet set(vocabulary, limits);
  add_file(set, folder_of(file), file.filename().string(), file.string(),
           limits);
  if (set.size() > 0) {
    add_bases(set, vocabulary, file, limits);
    set.make(0);
  }
  return first_pack(set, findings);
}

Result<std::vector<PackPointer>> load_packs(std::span<const fs::path> paths,
                                            const Registry& vocabulary,
                                            Diagnostics& findings,
                                            const PackLimits& limits) {
  PackSet set(vocabulary, limits);
  std::set<fs::path> seen;
  for (const fs::path& path : paths) add_path(set, path, limits, seen);
  for (std::size_t at = 0; at < set.size(); ++at) set.make(at);
  auto packs = set.finish();
  findings.append(set.findings());
  return packs;
}

}  // namespace headrope
