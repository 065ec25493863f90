// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// JSON by nlohmann-json. Depth is looked at before parsing, since the library
// has no limit of its own; its exceptions end here.

#include "load/descriptor.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace headrope {
namespace {

using Json = nlohmann::json;

// The deepest nesting of brackets outside of strings.
std::size_t nesting(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

class DescriptorParser {
 public:
  DescriptorParser(const Limits& limits, Diagnostics& findings)
      : limits_(limits), findings_(findings) {}

  Descriptor parse(std::string_view text) {
    if (nesting(text) > limits_.descriptor_depth_max) {
      add(Code::limit_exceeded, {},
          "brackets are nested more than " +
              std::to_string(limits_.descriptor_depth_max) + " deep");
      return {};
    }
    Json root;
    try {
      root = Json::parse(text);
    } catch (const Json::exception& fault) {
      add(Code::descriptor_invalid, {}, place_of(fault, text));
      return {};
    }
    if (!root.is_object()) {
      add(Code::descriptor_invalid, {}, "the file is not a JSON object");
      return {};
    }
    parse_own(root);
    parse_resources(root);
    return std::move(descriptor_);
  }

 private:
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

  static std::string place_of(const Json::exception& fault,
                              std::string_view text) {
    const auto* parse_fault = dynamic_cast<const Json::parse_error*>(&fault);
    if (parse_fault == nullptr) return "the file is not JSON";
    const auto before = text.substr(0, parse_fault->byte);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return "the file is not JSON at byte " + std::to_string(parse_fault->byte) +
           ", line " + std::to_string(line);
  }

  // The member of an object as text; nothing if it is not there or no text.
  static std::optional<std::string> text_of(const Json& object,
                                            const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }

  void parse_own(const Json& root) {
    const auto own = root.find("headrope");
    if (own == root.end() || !own->is_object()) {
      add(Code::descriptor_invalid, {},
          "the member 'headrope' with 'format' is missing");
      return;
    }
    const auto format = own->find("format");
    if (format == own->end() || *format != 1) {
      add(Code::format_unsupported,
          format == own->end() ? "" : format->dump().substr(0, 80),
          "'headrope.format' must be 1");
    }
    parse_interval_end(*own);
    parse_recorded_from(*own);
  }

  void parse_interval_end(const Json& own) {
    if (!own.contains("interval_end")) return;
    const auto word = text_of(own, "interval_end");
    if (word != "inclusive" && word != "exclusive") {
      add(Code::descriptor_invalid, word.value_or(""),
          "'headrope.interval_end' must be 'inclusive' or 'exclusive'");
    }
    descriptor_.ends_are_inclusive = word == "inclusive";
  }

  void parse_recorded_from(const Json& own) {
    if (!own.contains("recorded_from")) return;
    const auto word = text_of(own, "recorded_from");
    const auto day = parse_date(word.value_or(""));
    if (day) {
      descriptor_.recorded_from = *day;
    } else {
      add(Code::descriptor_invalid, word.value_or(""),
          "'headrope.recorded_from': " + day.error().message);
    }
  }

  void parse_resources(const Json& root) {
    const auto list = root.find("resources");
    if (list == root.end() || !list->is_array()) {
      add(Code::descriptor_invalid, {}, "the list 'resources' is missing");
      return;
    }
    for (const Json& entry : *list) {
      if (!entry.is_object()) {
        add(Code::descriptor_invalid, {}, "a resource is not an object");
      } else {
        parse_resource(entry);
      }
    }
  }

  void parse_resource(const Json& entry) {
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

  void parse_paths(const Json& entry, Resource& resource) {
    const auto path = entry.find("path");
    if (path != entry.end() && path->is_string()) {
      resource.paths.push_back(path->get<std::string>());
    } else if (path != entry.end() && path->is_array()) {
      for (const Json& one : *path) {
        if (one.is_string()) {
          resource.paths.push_back(one.get<std::string>());
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

  void parse_encoding(const Json& entry, Resource& resource) {
    if (entry.contains("encoding") && !text_of(entry, "encoding")) {
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

  void parse_dialect(const Json& entry, Resource& resource) {
    const auto dialect = entry.find("dialect");
    if (dialect == entry.end() || !dialect->is_object() ||
        !dialect->contains("delimiter")) {
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
