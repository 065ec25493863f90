// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The events of yaml-cpp, gathered into a tree. yaml-cpp takes the byte 4 for
// the end of the file, replaces bytes that are no text, and calls what follows
// the first node another document; so the bytes are looked at before, and what
// follows is an error. Its own limit of depth (500) lies behind ours.

#include "load/strict_yaml.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <sstream>
#include <utility>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/utf8.hpp"

namespace headrope {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Line and column of offsets that mostly grow: it moves from the last one, so
// that a file costs its length and not its square.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  void move_to(std::size_t offset) {
    offset = std::min(offset, text_.size());
    if (offset < at_) move_back(offset);
    for (; at_ < offset; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else {
        column_ += begins_character(at_);
      }
    }
  }
  [[nodiscard]] int line() const { return line_; }
  [[nodiscard]] int column() const { return column_; }

 private:
  [[nodiscard]] int begins_character(std::size_t at) const {
    return (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U ? 0 : 1;
  }

  void move_back(std::size_t offset) {
    bool same_line = true;
    while (at_ > offset) {
      --at_;
      if (text_[at_] == '\n') {
        --line_;
        same_line = false;
      } else {
        column_ -= begins_character(at_);
      }
    }
    if (same_line) return;
    column_ = 1;
    for (std::size_t at = at_; at > 0 && text_[at - 1] != '\n'; --at) {
      column_ += begins_character(at - 1);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
};

// Thrown through the parser to end it, when the finding is told.
struct Stopped : std::exception {};

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::string_view name,
              const PackLimits& limits, Diagnostics& findings)
      : text_(text),
        name_(name),
        limits_(limits),
        findings_(findings),
        places_(text) {}

  std::optional<YamlNode> run() {
    if (!is_plain_text()) return std::nullopt;
    try {
      std::istringstream stream{std::string(text_)};
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(*this)) {
      }
    } catch (const Stopped&) {
      return std::nullopt;
    } catch (const YAML::Exception& fault) {
      tell_fault(fault);
      return std::nullopt;
    }
    return std::move(root_);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    tell(Code::yaml_invalid, offset_of(mark), {},
         "one document is expected in a file; here another one begins, or "
         "text that belongs to no key");
    throw Stopped();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_properties(mark, "", anchor);
    YamlNode node = begin(YamlNode::Type::null, mark);
    // A value that is left out has the place of its key; the parser gives that
    // of what follows.
    if (!frames_.empty() && frames_.back().has_key &&
        !frames_.back().drops_value && !is_written(offset_of(mark))) {
      node.line = frames_.back().node.keys.back().line;
      node.column = frames_.back().node.keys.back().column;
    }
    finish(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    tell_reference(offset_of(mark), "aliases (*name) are refused");
    finish(begin(YamlNode::Type::refused, mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    refuse_properties(mark, tag, anchor);
    YamlNode node = begin(YamlNode::Type::scalar, mark);
    node.is_quoted = tag != "?";
    node.text = value;
    finish(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Type::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(YamlNode::Type::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    YamlNode node{};
    std::set<std::string, std::less<>> seen{};
    bool has_key = false;      // The next node is a value.
    bool drops_value = false;  // Of a key that was refused.
  };

  [[nodiscard]] static std::size_t offset_of(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
  }

  // Whether a word for nothing stands at an offset.
  [[nodiscard]] bool is_written(std::size_t offset) const {
    const std::string_view word = word_at(offset);
    return word == "~" || word == "null" || word == "Null" || word == "NULL";
  }

  void tell(Code code, std::size_t offset, std::string_view value,
            std::string message) {
    places_.move_to(offset);
    tell_at(code, places_.line(), places_.column(), value, std::move(message));
  }

  void tell_at(Code code, int line, int column, std::string_view value,
               std::string message) {
    findings_.add({code, Severity::error, std::string(name_),
                   static_cast<std::uint64_t>(line), std::to_string(column),
                   std::string(shortened(value, 80)), std::move(message)});
  }

  // The word at a place, such as `&name`.
  [[nodiscard]] std::string_view word_at(std::size_t offset) const {
    const std::string_view rest = text_.substr(std::min(offset, text_.size()));
    return rest.substr(0, rest.find_first_of(" \t\r\n,]}"));
  }

  void tell_reference(std::size_t offset, std::string message) {
    if (last_reference_ == offset) return;  // Of a map and its first key.
    last_reference_ = offset;
    tell(Code::reference_refused, offset, word_at(offset), std::move(message));
  }

  [[nodiscard]] bool is_plain_text() {
    if (text_.size() > limits_.bytes_max) {
      tell(Code::limit_exceeded, 0, {},
           "the file is longer than " + std::to_string(limits_.bytes_max) +
               " bytes");
      return false;
    }
    const std::size_t valid = valid_utf8_size(text_);
    if (valid < text_.size()) {
      tell(Code::yaml_invalid, valid, {}, "the text is not UTF-8");
      return false;
    }
    const auto control = std::find_if(text_.begin(), text_.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte == 0x7F ||
             (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
    });
    if (control == text_.end()) return true;
    tell(Code::yaml_invalid, static_cast<std::size_t>(control - text_.begin()),
         {},
         "a control character stands here, the byte " +
             std::to_string(static_cast<unsigned char>(*control)));
    return false;
  }

  void tell_fault(const YAML::Exception& fault) {
    if (fault.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
      tell_reference(offset_of(fault.mark), "aliases (*name) are refused");
    } else if (dynamic_cast<const YAML::DeepRecursion*>(&fault) != nullptr) {
      tell_depth(offset_of(fault.mark));
    } else if (const auto tab = tab_before(offset_of(fault.mark))) {
      tell(Code::yaml_invalid, *tab, {},
           "a tab stands here; lines are indented with blanks");
    } else {
      tell(Code::yaml_invalid, offset_of(fault.mark), {},
           "this is not YAML: " + fault.msg);
    }
  }

  // A tab among the blanks that the line of an offset begins with.
  [[nodiscard]] std::optional<std::size_t> tab_before(
      std::size_t offset) const {
    const std::string_view before = text_.substr(0, offset);
    const std::size_t start = before.rfind('\n') + 1;
    const std::size_t tab = text_.find_first_not_of(' ', start);
    if (tab == std::string_view::npos || text_[tab] != '\t') {
      return std::nullopt;
    }
    return tab;
  }

  void tell_depth(std::size_t offset) {
    tell(Code::limit_exceeded, offset, {},
         "lists and maps are nested more than " +
             std::to_string(limits_.depth_max) + " deep");
  }

  void refuse_properties(const YAML::Mark& mark, std::string_view tag,
                         YAML::anchor_t anchor) {
    const std::size_t offset = offset_of(mark);
    const char first = offset < text_.size() ? text_[offset] : '\n';
    if (first == '!' || (!tag.empty() && tag != "?" && tag != "!")) {
      tell_reference(offset, "tags (!name) are refused");
    } else if (first == '&' || anchor != 0) {
      tell_reference(offset, "anchors (&name) are refused");
    }
  }

  YamlNode begin(YamlNode::Type type, const YAML::Mark& mark) {
    const std::size_t offset = offset_of(mark);
    if (++nodes_ > limits_.nodes_max) {
      tell(Code::limit_exceeded, offset, {},
           "the file has more than " + std::to_string(limits_.nodes_max) +
               " keys and values");
      throw Stopped();
    }
    places_.move_to(offset);
    YamlNode node;
    node.type = type;
    node.line = places_.line();
    node.column = places_.column();
    return node;
  }

  void open(YamlNode::Type type, const YAML::Mark& mark, std::string_view tag,
            YAML::anchor_t anchor) {
    refuse_properties(mark, tag, anchor);
    if (frames_.size() >= limits_.depth_max) {
      tell_depth(offset_of(mark));
      throw Stopped();
    }
    Frame frame;
    frame.node = begin(type, mark);
    frames_.push_back(std::move(frame));
  }

  void close() {
    YamlNode node = std::move(frames_.back().node);
    frames_.pop_back();
    finish(std::move(node));
  }

  // Puts a node that is complete to where it belongs.
  void finish(YamlNode node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_list()) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      frame.has_key = true;
      frame.drops_value = !take_key(frame, std::move(node));
    } else {
      frame.has_key = false;
      if (!frame.drops_value) frame.node.items.push_back(std::move(node));
    }
  }

  // False if the key is refused.
  bool take_key(Frame& frame, YamlNode node) {
    if (node.type == YamlNode::Type::refused) return false;
    if (!node.is_scalar()) {
      tell_at(Code::yaml_invalid, node.line, node.column, {},
              "a key must be a word");
      return false;
    }
    if (node.text == "<<" && !node.is_quoted) {
      tell_at(Code::reference_refused, node.line, node.column, node.text,
              "merge keys are refused");
      return false;
    }
    if (!frame.seen.insert(node.text).second) {
      tell_at(Code::key_repeated, node.line, node.column, node.text,
              "the key stands twice in this map");
      return false;
    }
    frame.node.keys.push_back({std::move(node.text), node.line, node.column});
    return true;
  }

  std::string_view text_;
  std::string_view name_;
  const PackLimits& limits_;
  Diagnostics& findings_;
  Places places_;
  std::vector<Frame> frames_;
  YamlNode root_;
  std::size_t nodes_ = 0;
  std::size_t documents_ = 0;
  std::optional<std::size_t> last_reference_;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (keys[at].text == key) return &items[at];
  }
  return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view text, std::string_view name,
                                   const PackLimits& limits,
                                   Diagnostics& findings) {
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  return TreeBuilder(text, name, limits, findings).run();
}

}  // namespace headrope
