// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Packs from files and folders.

#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/pack.hpp>

namespace headrope {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

const Registry& vocabulary() {
  static const Registry registry;
  return registry;
}

std::string pack(const std::string& id, const std::string& below = "") {
  return "format: headrope-pack/1\nid: " + id +
         "\ntitle: t\neffective: 2012-01-01\n" +
         (below.empty() ? "" : "overlays: " + below + "\n");
}

struct Loaded {
  Texts ids;
  Texts findings;
};

Loaded load(const unit::Folder& folder, const std::vector<fs::path>& paths,
            const PackLimits& limits = {}) {
  Diagnostics findings;
  const auto packs = load_packs(paths, vocabulary(), findings, limits);
  Loaded loaded;
  for (const Diagnostic& one : findings.items()) {
    loaded.findings.push_back(
        std::to_string(static_cast<int>(one.code)) + " " +
        fs::path(one.file).lexically_relative(folder.path()).generic_string() +
        ":" + std::to_string(one.row) + ":" + one.column);
  }
  CHECK(packs.has_value() == findings.items().empty());
  if (!packs) return loaded;
  for (const PackPointer& one : *packs) loaded.ids.emplace_back(one->id());
  return loaded;
}

}  // namespace

TEST_CASE("a folder gives its packs in the order of their names", "[load]") {
  const unit::Folder folder;
  fs::create_directories(folder.path() / "b/c");
  folder.write("z.yaml", pack("Z"));
  folder.write("a.yaml", pack("A", "C"));
  folder.write("b/c/x.yaml", pack("C", "Z"));
  folder.write("a.cases.yaml", "no pack");
  folder.write("a.yml", "no pack");
  CHECK(load(folder, {folder.path()}).ids == Texts{"A", "C", "Z"});
  CHECK(load(folder, {folder.path() / "z.yaml", folder.path()}).ids ==
        Texts{"Z", "A", "C"});
  CHECK(load(folder, {}).ids.empty());
}

TEST_CASE("findings of all files are told", "[load]") {
  const unit::Folder folder;
  folder.write("a.yaml", "a: [");
  folder.write("b.yaml", pack("B") + "x: 1\ny: 2\n");
  folder.write("c.yaml", pack("C", "D"));
  folder.write("d.yaml", pack("E"));
  folder.write("e.yaml", pack("E"));
  CHECK(load(folder, {folder.path(), folder.path() / "f.yaml"}).findings ==
        Texts{"405 a.yaml:1:5", "406 b.yaml:5:1", "406 b.yaml:6:1",
              "419 c.yaml:5:11", "404 e.yaml:2:5", "102 f.yaml:0:"});
}

TEST_CASE("an overlay on a pack that is wrong is not told for it", "[load]") {
  const unit::Folder folder;
  folder.write("a.yaml", pack("A") + "x: 1\n");
  folder.write("b.yaml", pack("B", "A"));
  CHECK(load(folder, {folder.path()}).findings == Texts{"406 a.yaml:5:1"});
}

TEST_CASE("overlays that stand on each other are told, each at its key",
          "[load]") {
  const unit::Folder folder;
  folder.write("a.yaml", pack("A", "B"));
  folder.write("b.yaml", pack("B", "C"));
  folder.write("c.yaml", pack("C", "B"));
  CHECK(load(folder, {folder.path()}).findings ==
        Texts{"417 b.yaml:5:11", "417 c.yaml:5:11"});
}

TEST_CASE("links, and what is no file, are refused", "[load]") {
  const unit::Folder folder;
  const unit::Folder other;
  other.write("x.yaml", pack("X"));
  folder.write("a.yaml", pack("A"));
  fs::create_symlink(other.path() / "x.yaml", folder.path() / "b.yaml");
  fs::create_symlink(other.path(), folder.path() / "c");
  fs::create_directory(folder.path() / "d.yaml");
  CHECK(load(folder, {folder.path()}).findings ==
        Texts{"122 b.yaml:0:", "122 c:0:"});
  Diagnostics findings;
  const auto linked =
      load_pack(folder.path() / "b.yaml", vocabulary(), findings);
  REQUIRE_FALSE(linked);
  CHECK(linked.error().code == Code::path_refused);
  CHECK_FALSE(load_pack(folder.path() / "d.yaml", vocabulary(), findings));
  CHECK_FALSE(load_pack(folder.path() / "no.yaml", vocabulary(), findings));
  CHECK_FALSE(load_pack("/", vocabulary(), findings));
  CHECK_FALSE(load_pack("", vocabulary(), findings));
}

TEST_CASE("an overlay finds what it stands on in its own folder", "[load]") {
  const unit::Folder folder;
  folder.write("top.yaml", pack("T", "M"));
  folder.write("m.yaml", pack("M", "B"));
  folder.write("base.yaml", pack("B"));
  folder.write("wrong.yaml", "a: [");
  Diagnostics findings;
  const auto loaded =
      load_pack(folder.path() / "top.yaml", vocabulary(), findings);
  REQUIRE(loaded);
  CHECK((*loaded)->id() == "T");
  CHECK((*loaded)->overlays() == "M");
  CHECK(findings.items().empty());
  fs::remove(folder.path() / "base.yaml");
  const auto without =
      load_pack(folder.path() / "top.yaml", vocabulary(), findings);
  REQUIRE_FALSE(without);
  CHECK(without.error().code == Code::pack_unknown);
  CHECK(without.error().message.find("m.yaml:5:11") != std::string::npos);
}

TEST_CASE("limits of files and bytes hold", "[load]") {
  const unit::Folder folder;
  folder.write("a.yaml", pack("A"));
  folder.write("b.yaml", pack("B"));
  PackLimits limits;
  limits.files_max = 2;
  CHECK(load(folder, {folder.path()}, limits).ids.size() == 2);
  limits.files_max = 1;
  CHECK(load(folder, {folder.path()}, limits).findings == Texts{"7 .:0:"});
  limits = {};
  limits.bytes_max = pack("A").size() - 1;
  CHECK(load(folder, {folder.path() / "a.yaml"}, limits).findings ==
        Texts{"7 a.yaml:0:"});
}

TEST_CASE("the error of a call is its first finding", "[load]") {
  Diagnostics findings;
  const auto text = pack("A") + "x: 1\ny: 2\n";
  const auto parsed = parse_pack(text, "a.yaml", vocabulary(), {}, findings);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == Code::key_unknown);
  CHECK(parsed.error().message.starts_with("a.yaml:5:1: 'x': not a key"));
  CHECK(parsed.error().message.ends_with("(and 1 other errors)"));
  CHECK(findings.error_count() == 2);
  (void)parse_pack(text, "b.yaml", vocabulary(), {}, findings);
  CHECK(findings.error_count() == 4);
}

}  // namespace headrope
