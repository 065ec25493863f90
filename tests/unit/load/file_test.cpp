// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Files are opened inside their folder, never through a link.

#include "load/file.hpp"

#include <filesystem>
#include <string>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"

namespace headrope {

using unit::Folder;

namespace {

Result<FileHandle> opened(const Folder& folder, std::string_view path) {
  const auto package = PackageFolder::open(folder.path());
  REQUIRE(package);
  return package->open_file(path);
}

}  // namespace

TEST_CASE("a file of the folder and of a folder in it is opened", "[load]") {
  const Folder folder;
  std::filesystem::create_directories(folder.path() / "a/b");
  folder.write("t.csv", "x");
  folder.write("a/b/t.csv", "yy");
  const auto top = opened(folder, "t.csv");
  REQUIRE(top);
  CHECK(file_size(*top) == 1);
  const auto below = opened(folder, "a/b/t.csv");
  REQUIRE(below);
  CHECK(*read_whole(*below, 2) == "yy");
}

TEST_CASE("a path that leaves the folder or is odd is refused",
          "[load][HDR-LOAD-122]") {
  const Folder folder;
  folder.write("t.csv", "");
  const auto path = GENERATE(values<std::string>(
      {"", "/etc/passwd", "../t.csv", "a/../t.csv", "./t.csv", "a//t.csv",
       "t.csv/", "..", ".", "a/..", "a\\t.csv", std::string("t.csv\0x", 7)}));
  std::filesystem::create_directories(folder.path() / "a");
  CAPTURE(path);
  const auto file = opened(folder, path);
  REQUIRE_FALSE(file);
  CHECK(code_info(file.error().code).id == "HDR-LOAD-122");
}

TEST_CASE("a link is refused, wherever it points", "[load][HDR-LOAD-122]") {
  const Folder folder;
  folder.write("t.csv", "");
  std::filesystem::create_symlink("t.csv", folder.path() / "inside.csv");
  std::filesystem::create_symlink("/etc/passwd", folder.path() / "out.csv");
  std::filesystem::create_symlink("nowhere", folder.path() / "dangling.csv");
  for (const char* name : {"inside.csv", "out.csv", "dangling.csv"}) {
    const auto file = opened(folder, name);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == Code::path_refused);
    CHECK(file.error().message == "'" + std::string(name) + "' passes a link");
  }
}

TEST_CASE(
    "what is no regular file cannot be read, and opening it does not "
    "wait",
    "[load][HDR-LOAD-102]") {
  const Folder folder;
  REQUIRE(mkfifo((folder.path() / "fifo").c_str(), 0600) == 0);
  std::filesystem::create_directories(folder.path() / "folder");
  for (const char* name : {"fifo", "folder"}) {
    const auto file = opened(folder, name);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == Code::file_unreadable);
    CHECK(file.error().message == "'" + std::string(name) + "' is not a file");
  }
  CHECK(opened(folder, "missing").error().code == Code::file_unreadable);
  CHECK(opened(folder, "folder/missing").error().code == Code::file_unreadable);
}

TEST_CASE("a file is read whole up to its limit", "[load][HDR-BASE-007]") {
  const Folder folder;
  folder.write("t", std::string(100'000, 'x'));
  CHECK(read_whole(*opened(folder, "t"), 100'000)->size() == 100'000);
  const auto text = read_whole(*opened(folder, "t"), 99'999);
  REQUIRE_FALSE(text);
  CHECK(text.error().code == Code::limit_exceeded);
  CHECK(text.error().message == "the file is longer than 99999 bytes");
}

}  // namespace headrope
