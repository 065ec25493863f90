// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Depth is looked at before reading, so that no tree is ever deep.

#include "load/json_tree.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

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

// Builds the tree from what the reader comes upon. The open containers are held
// by value, so that none of them moves while its items are added.
class TreeBuilder : public nlohmann::json_sax<Json> {
 public:
  [[nodiscard]] JsonNode take() { return std::move(root_); }
  [[nodiscard]] std::size_t fault_byte() const { return fault_byte_; }

  bool null() override { return add(JsonNode{}); }
  bool boolean(bool value) override {
    return plain(JsonNode::Type::boolean, value ? "true" : "false", 0);
  }
  bool number_integer(number_integer_t value) override {
    return plain(JsonNode::Type::number, std::to_string(value),
                 static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return plain(JsonNode::Type::number, std::to_string(value),
                 static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t& written) override {
    return plain(JsonNode::Type::number, written, value);
  }
  bool string(string_t& value) override {
    return plain(JsonNode::Type::text, std::move(value), 0);
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool key(string_t& value) override {
    open_.back().key = std::move(value);
    return true;
  }
  bool start_object(std::size_t /*count*/) override {
    return start(JsonNode::Type::object);
  }
  bool start_array(std::size_t /*count*/) override {
    return start(JsonNode::Type::array);
  }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const Json::exception& /*fault*/) override {
    fault_byte_ = position;
    return false;
  }

 private:
  struct Open {
    JsonNode node{};
    std::string key{};
  };

  bool plain(JsonNode::Type type, std::string text, double number) {
    JsonNode node;
    node.type = type;
    node.text = std::move(text);
    node.number = number;
    return add(std::move(node));
  }

  bool start(JsonNode::Type type) {
    open_.emplace_back().node.type = type;
    return true;
  }

  bool end() {
    JsonNode node = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(node));
  }

  bool add(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return true;
    }
    Open& above = open_.back();
    if (above.node.is(JsonNode::Type::array)) {
      above.node.items.push_back(std::move(node));
      return true;
    }
    auto& members = above.node.members;
    const auto same = std::find_if(
        members.begin(), members.end(),
        [&](const auto& member) { return member.first == above.key; });
    if (same != members.end()) {
      same->second = std::move(node);
    } else {
      members.emplace_back(std::move(above.key), std::move(node));
    }
    return true;
  }

  JsonNode root_;
  std::vector<Open> open_;
  std::size_t fault_byte_ = 0;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const {
  for (const auto& [name, node] : members) {
    if (name == key) return &node;
  }
  return nullptr;
}

Result<JsonNode> read_json(std::string_view text, std::size_t depth_max) {
  if (nesting(text) > depth_max) {
    return Error{Code::limit_exceeded, "brackets are nested more than " +
                                           std::to_string(depth_max) + " deep"};
  }
  TreeBuilder builder;
  if (Json::sax_parse(text, &builder)) return builder.take();
  const std::size_t byte = builder.fault_byte();
  const auto before = text.substr(0, byte);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  return Error{Code::descriptor_invalid, "the file is not JSON at byte " +
                                             std::to_string(byte) + ", line " +
                                             std::to_string(line)};
}

}  // namespace headrope
