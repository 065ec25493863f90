// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a descriptor must have, from the tree of its JSON.

#include "load/descriptor.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "load/json_tree.hpp"

namespace headrope {
namespace {

class DescriptorParser {
 public:
  DescriptorParser(const Limits& limits, Diagnostics& findings)
      : limits_(limits), findings_(findings) {}

  Descriptor parse(std::string_view text) {
    const auto root = read_json(text, limits_.descriptor_depth_max);
    if (!root) {
      add(root.error().code, {}, root.error().message);
      return {};
    }
    if (!root->is(Type::object)) {
      add(Code::descriptor_invalid, {}, "the file is not a JSON object");
      return {};
    }
    parse_own(*root);
    parse_resources(*root);
    return std::move(descriptor_);
  }

 private:
  using Type = JsonNode::Type;

  void add(Code code, std::string value, std::string message,
           Severity severity = Severity::error) {
    findings_.add({code,
                   severity,
                   std::string(descriptor_file),
                   0,
                   {},
                   std::move(value),
                   std::move(message)});
  }

  // The member of an object as text; nothing if it is not there or no text.
  static std::optional<std::string> text_of(const JsonNode& object,
                                            std::string_view key) {
    const JsonNode* found = object.find(key);
    if (found == nullptr || !found->is(Type::text)) return std::nullopt;
    return found->text;
  }

  // A value for a message.
  static std::string written(const JsonNode& node) {
    if (node.is(Type::null)) return "null";
    if (node.is(Type::array)) return "[…]";
    if (node.is(Type::object)) return "{…}";
    const std::string text(shortened(node.text, 78));
    return node.is(Type::text) ? "\"" + text + "\"" : text;
  }

  void parse_own(const JsonNode& root) {
    const JsonNode* own = root.find("headrope");
    if (own == nullptr || !own->is(Type::object)) {
      add(Code::descriptor_invalid, {},
          "the member 'headrope' with 'format' is missing");
      return;
    }
    const JsonNode* format = own->find("format");
    if (format == nullptr || !format->is(Type::number) || format->number != 1) {
      add(Code::format_unsupported, format == nullptr ? "" : written(*format),
          "'headrope.format' must be 1");
    }
    parse_interval_end(*own);
    parse_recorded_from(*own);
  }

  void parse_interval_end(const JsonNode& own) {
    if (own.find("interval_end") == nullptr) return;
    const auto word = text_of(own, "interval_end");
    if (word != "inclusive" && word != "exclusive") {
      add(Code::descriptor_invalid, word.value_or(""),
          "'headrope.interval_end' must be 'inclusive' or 'exclusive'");
    }
    descriptor_.ends_are_inclusive = word == "inclusive";
  }

  void parse_recorded_from(const JsonNode& own) {
    if (own.find("recorded_from") == nullptr) return;
    const auto word = text_of(own, "recorded_from");
    const auto day = parse_date(word.value_or(""));
    if (day) {
      descriptor_.recorded_from = *day;
    } else {
      add(Code::descriptor_invalid, word.value_or(""),
          "'headrope.recorded_from': " + day.error().message);
    }
  }

  void parse_resources(const JsonNode& root) {
    const JsonNode* list = root.find("resources");
    if (list == nullptr || !list->is(Type::array)) {
      add(Code::descriptor_invalid, {}, "the list 'resources' is missing");
      return;
    }
    for (const JsonNode& entry : list->items) {
      if (!entry.is(Type::object)) {
        add(Code::descriptor_invalid, {}, "a resource is not an object");
      } else {
        parse_resource(entry);
      }
    }
  }

  void parse_resource(const JsonNode& entry) {
    Resource resource;
    resource.name = text_of(entry, "name").value_or("");
    if (resource.name.empty()) {
      add(Code::descriptor_invalid, {}, "a resource has no 'name'");
      return;
    }
    parse_paths(entry, resource);
    parse_encoding(entry, resource);
    parse_dialect(entry, resource);
    const auto same = std::find_if(
        descriptor_.resources.begin(), descriptor_.resources.end(),
        [&](const Resource& other) { return other.name == resource.name; });
    if (same != descriptor_.resources.end()) {
      add(Code::descriptor_invalid, resource.name,
          "the table is described twice; give its files as a list in 'path'");
      return;
    }
    descriptor_.resources.push_back(std::move(resource));
  }

  void parse_paths(const JsonNode& entry, Resource& resource) {
    const JsonNode* path = entry.find("path");
    if (path != nullptr && path->is(Type::text)) {
      resource.paths.push_back(path->text);
    } else if (path != nullptr && path->is(Type::array)) {
      for (const JsonNode& one : path->items) {
        if (one.is(Type::text)) {
          resource.paths.push_back(one.text);
        } else {
          add(Code::descriptor_invalid, resource.name,
              "an entry of the resource's 'path' is not a text");
        }
      }
    }
    if (resource.paths.empty()) {
      add(Code::descriptor_invalid, resource.name,
          "the resource has no 'path'");
    }
  }

  void parse_encoding(const JsonNode& entry, Resource& resource) {
    if (entry.find("encoding") != nullptr && !text_of(entry, "encoding")) {
      add(Code::descriptor_invalid, resource.name,
          "the resource's 'encoding' is not a text");
    }
    std::string name = text_of(entry, "encoding").value_or("utf-8");
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name == "gb18030" || name == "gbk" || name == "gb2312") {
      resource.encoding = Encoding::gb18030;
    } else if (name != "utf-8" && name != "utf8") {
      add(Code::encoding_unsupported, name,
          "the encoding of '" + resource.name + "' must be utf-8 or gb18030");
    }
  }

  void parse_dialect(const JsonNode& entry, Resource& resource) {
    const JsonNode* dialect = entry.find("dialect");
    if (dialect == nullptr || !dialect->is(Type::object) ||
        dialect->find("delimiter") == nullptr) {
      return;
    }
    const std::string text = text_of(*dialect, "delimiter").value_or("");
    const bool is_fine = text.size() == 1 && text[0] > 0 && text[0] != '"' &&
                         text[0] != '\n' && text[0] != '\r';
    if (is_fine) {
      resource.delimiter = text[0];
    } else {
      add(Code::descriptor_invalid, text,
          "the delimiter of '" + resource.name +
              "' must be one ASCII character, no quote and no line end");
    }
  }

  const Limits& limits_;
  Diagnostics& findings_;
  Descriptor descriptor_;
};

}  // namespace

Descriptor parse_descriptor(std::string_view text, const Limits& limits,
                            Diagnostics& findings) {
  return DescriptorParser(limits, findings).parse(text);
}

}  // namespace headrope
