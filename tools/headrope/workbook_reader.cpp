// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The parts of a workbook: the list of sheets, the shared texts, the formats
// that are days, and the cells.

#include "headrope/workbook_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include <expat.h>
#include <fmt/format.h>
#include <minizip/unzip.h>

#include "headrope/options.hpp"

namespace headrope::tool {
namespace {

constexpr std::size_t part_bytes_max = std::size_t{1} << 30U;
constexpr std::size_t columns_max = 16'384;
constexpr std::uint32_t rows_max = 1'048'576;

struct Close {
  void operator()(void* file) const { unzClose(file); }
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

// The zip file.
class Archive {
 public:
  explicit Archive(const std::string& path)
      : path_(path), file_(unzOpen64(path.c_str())) {
    if (file_ == nullptr) fail("is no .xlsx workbook");
  }

  // The bytes of a part; empty if there is none.
  [[nodiscard]] std::string read(const std::string& name) const {
    std::string bytes;
    if (unzLocateFile(file_.get(), name.c_str(), 1) != UNZ_OK) return bytes;
    if (unzOpenCurrentFile(file_.get()) != UNZ_OK) fail("is damaged");
    std::string buffer(std::size_t{1} << 16U, '\0');
    while (true) {
      const int size = unzReadCurrentFile(file_.get(), buffer.data(),
                                          static_cast<unsigned>(buffer.size()));
      if (size < 0) fail("is damaged");
      if (size == 0) break;
      bytes.append(buffer, 0, static_cast<std::size_t>(size));
      if (bytes.size() > part_bytes_max) fail("has a part of more than 1 GiB");
    }
    if (unzCloseCurrentFile(file_.get()) != UNZ_OK) fail("is damaged");
    return bytes;
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw UsageError{"'" + path_ + "' " + why};
  }

 private:
  std::string path_;
  std::unique_ptr<void, Close> file_;
};

// Names without their prefixes: workbooks may use any.
std::string_view local(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

using Attributes = std::map<std::string_view, std::string_view>;

// What is done with the elements of a part.
struct Elements {
  std::function<void(std::string_view, const Attributes&)> begin;
  std::function<void(std::string_view)> end;
  std::function<void(std::string_view)> text;
};

struct Parsing {
  const Elements& elements;
  XML_Parser parser;
  bool has_document_type = false;
};

void on_begin(void* data, const char* name, const char** pairs) {
  Attributes attributes;
  for (; *pairs != nullptr; pairs += 2) {
    attributes.emplace(local(pairs[0]), pairs[1]);
  }
  static_cast<Parsing*>(data)->elements.begin(local(name), attributes);
}

void on_end(void* data, const char* name) {
  static_cast<Parsing*>(data)->elements.end(local(name));
}

void on_text(void* data, const char* text, int size) {
  static_cast<Parsing*>(data)->elements.text(
      {text, static_cast<std::size_t>(size)});
}

// Entities could make much of little; workbooks have no document type.
void on_document_type(void* data, const char*, const char*, const char*, int) {
  auto* parsing = static_cast<Parsing*>(data);
  parsing->has_document_type = true;
  XML_StopParser(parsing->parser, XML_FALSE);
}

void parse(const Archive& archive, const std::string& xml,
           const Elements& elements) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, Close> parser(
      XML_ParserCreate(nullptr));
  Parsing parsing{elements, parser.get()};
  XML_SetUserData(parser.get(), &parsing);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  constexpr std::size_t piece = std::size_t{1} << 24U;
  for (std::size_t at = 0; at <= xml.size(); at += piece) {
    const std::size_t size = std::min(piece, xml.size() - at);
    const bool is_last = at + piece > xml.size();
    if (XML_Parse(parser.get(), xml.data() + at, static_cast<int>(size),
                  is_last ? 1 : 0) != XML_STATUS_OK) {
      archive.fail(parsing.has_document_type ? "has a document type"
                                             : "is damaged");
    }
  }
}

std::string_view value_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : found->second;
}

// A text in which Excel writes characters that XML cannot hold, such as a
// pasted carriage return, as `_x000D_`. Carriage returns are left out.
std::string plain_text(const std::string& text) {
  constexpr std::size_t code_size = 7;
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned code = 0;
    const char* const digits = text.data() + at + 2;
    if (text.compare(at, 2, "_x") == 0 && at + code_size <= text.size() &&
        text[at + code_size - 1] == '_' &&
        std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 &&
        (code < 0x20 || code == 0x5F)) {
      if (code != '\r') plain += static_cast<char>(code);
      at += code_size - 1;
    } else if (text[at] != '\r') {
      plain += text[at];
    }
  }
  return plain;
}

// The texts that cells share. Phonetic hints (rPh) are no part of a text.
std::vector<std::string> shared_texts(const Archive& archive) {
  std::vector<std::string> texts;
  const std::string xml = archive.read("xl/sharedStrings.xml");
  if (xml.empty()) return texts;
  bool in_text = false;
  int hints = 0;
  Elements elements;
  elements.begin = [&](std::string_view name, const Attributes&) {
    if (name == "si") texts.emplace_back();
    if (name == "rPh") ++hints;
    if (name == "t") in_text = hints == 0;
  };
  elements.end = [&](std::string_view name) {
    if (name == "rPh") --hints;
    if (name == "t") in_text = false;
  };
  elements.text = [&](std::string_view text) {
    if (in_text && !texts.empty()) texts.back() += text;
  };
  parse(archive, xml, elements);
  for (std::string& text : texts) text = plain_text(text);
  return texts;
}

// Whether a format of numbers shows days: it has a year or day outside quotes
// and brackets.
bool shows_days(std::string_view format) {
  bool is_quoted = false;
  bool is_bracketed = false;
  for (const char c : format) {
    if (c == '"') is_quoted = !is_quoted;
    if (c == '[') is_bracketed = true;
    if (c == ']') is_bracketed = false;
    if (!is_quoted && !is_bracketed &&
        (c == 'y' || c == 'Y' || c == 'd' || c == 'D')) {
      return true;
    }
  }
  return false;
}

// By the number of a style: whether its cells are days.
std::vector<bool> day_styles(const Archive& archive) {
  std::vector<bool> styles;
  const std::string xml = archive.read("xl/styles.xml");
  if (xml.empty()) return styles;
  std::map<std::string, bool, std::less<>> own;
  bool in_cells = false;
  Elements elements;
  elements.begin = [&](std::string_view name, const Attributes& attributes) {
    if (name == "numFmt") {
      own[std::string(value_of(attributes, "numFmtId"))] =
          shows_days(value_of(attributes, "formatCode"));
    }
    if (name == "cellXfs") in_cells = true;
    if (name != "xf" || !in_cells) return;
    const std::string_view id = value_of(attributes, "numFmtId");
    int number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    // Built in: 14 to 17 and 22; of East Asia 27 to 36 and 50 to 58.
    const bool built_in = (number >= 14 && number <= 17) || number == 22 ||
                          (number >= 27 && number <= 36) ||
                          (number >= 50 && number <= 58);
    const auto found = own.find(id);
    styles.push_back(found == own.end() ? built_in : found->second);
  };
  elements.end = [&](std::string_view name) {
    if (name == "cellXfs") in_cells = false;
  };
  elements.text = [](std::string_view) {};
  parse(archive, xml, elements);
  return styles;
}

struct SheetPart {
  std::string name;
  std::string path;
};
struct Contents {
  std::vector<SheetPart> sheets;
  bool counts_from_1904 = false;
};

Contents contents_of(const Archive& archive) {
  const std::string book = archive.read("xl/workbook.xml");
  if (book.empty()) archive.fail("is no .xlsx workbook");
  std::map<std::string, std::string, std::less<>> paths;
  Elements relations;
  relations.begin = [&](std::string_view name, const Attributes& attributes) {
    if (name != "Relationship") return;
    std::string target(value_of(attributes, "Target"));
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    paths.emplace(value_of(attributes, "Id"), target);
  };
  relations.end = relations.text = [](std::string_view) {};
  parse(archive, archive.read("xl/_rels/workbook.xml.rels"), relations);
  Contents contents;
  Elements elements;
  elements.begin = [&](std::string_view name, const Attributes& attributes) {
    if (name == "workbookPr") {
      const std::string_view epoch = value_of(attributes, "date1904");
      contents.counts_from_1904 = epoch == "1" || epoch == "true";
    }
    if (name != "sheet") return;
    const auto found = paths.find(value_of(attributes, "id"));
    if (found == paths.end()) return;
    contents.sheets.push_back(
        {std::string(value_of(attributes, "name")), found->second});
  };
  elements.end = elements.text = [](std::string_view) {};
  parse(archive, book, elements);
  return contents;
}

// The column of a reference such as `AB12`, from 0.
std::size_t column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (column > columns_max) return columns_max;
  }
  return column == 0 ? columns_max : column - 1;
}

// The day of a serial number; the text as it is if it is none.
std::string day_text(const std::string& text, bool counts_from_1904) {
  double serial = 0;
  const auto [end, fault] =
      std::from_chars(text.data(), text.data() + text.size(), serial);
  constexpr double serial_max = 2'958'465;  // 9999-12-31.
  if (fault != std::errc{} || end != text.data() + text.size() || serial < 1 ||
      serial > serial_max) {
    return text;
  }
  // Excel believes that 1900 was a leap year, so its days begin one early.
  const auto whole = static_cast<std::int32_t>(std::floor(serial));
  const std::int32_t epoch = counts_from_1904 ? -24'107
                             : whole < 61     ? -25'568
                                              : -25'569;
  return to_string(Date{whole + epoch});
}

// A number as a spreadsheet shows it: of 15 digits, which is how exact it is
// (1.1 is kept as 1.1000000000000001), and without an exponent.
std::string number_text(const std::string& text) {
  constexpr std::size_t digits_kept = 15;
  const bool is_short = static_cast<std::size_t>(std::count_if(
                            text.begin(), text.end(), [](char one) {
                              return one >= '0' && one <= '9';
                            })) <= digits_kept;
  if (is_short && text.find_first_of("eE") == text.npos) return text;
  double value = 0;
  const auto [end, fault] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return text;
  const std::string rounded = fmt::format("{:.{}g}", value, digits_kept);
  std::from_chars(rounded.data(), rounded.data() + rounded.size(), value);
  std::string written(400, '\0');
  const auto [last, failed] =
      std::to_chars(written.data(), written.data() + written.size(), value,
                    std::chars_format::fixed);
  if (failed != std::errc{}) return text;
  return written.substr(0, static_cast<std::size_t>(last - written.data()));
}

// How much memory the cells of a workbook may take: a small file can name one
// long text, or the last column, very often.
class Budget {
 public:
  explicit Budget(const Archive& archive) : archive_(archive) {}
  void take(std::size_t bytes) {
    if (bytes > left_) archive_.fail("holds more than 1 GiB of cells");
    left_ -= bytes;
  }

 private:
  const Archive& archive_;
  std::size_t left_ = std::size_t{1} << 30U;
};

// Reads the cells of one sheet.
class CellReader {
 public:
  CellReader(const std::vector<std::string>& shared,
             const std::vector<bool>& days, bool counts_from_1904,
             Budget& budget)
      : shared_(shared),
        days_(days),
        counts_from_1904_(counts_from_1904),
        budget_(budget) {}

  std::vector<Sheet::Row> read(const Archive& archive, const std::string& xml) {
    archive_ = &archive;
    Elements elements;
    elements.begin = [&](std::string_view name, const Attributes& attributes) {
      begin(name, attributes);
    };
    elements.end = [&](std::string_view name) { end(name); };
    elements.text = [&](std::string_view text) {
      if (in_value_) value_ += text;
    };
    parse(archive, xml, elements);
    return std::move(rows_);
  }

 private:
  void begin(std::string_view name, const Attributes& attributes) {
    if (name == "row") {
      const std::string_view text = value_of(attributes, "r");
      ++row_;
      std::from_chars(text.data(), text.data() + text.size(), row_);
      row_ = std::min(row_, rows_max);
      is_row_kept_ = false;
      next_column_ = 0;
    } else if (name == "c") {
      const std::string_view reference = value_of(attributes, "r");
      column_ = reference.empty() ? next_column_ : column_of(reference);
      next_column_ = column_ + 1;
      type_ = value_of(attributes, "t");
      style_ = value_of(attributes, "s");
      value_.clear();
    } else if (name == "v" || name == "t") {
      in_value_ = hints_ == 0;
    } else if (name == "rPh") {
      ++hints_;
    }
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") --hints_;
    if (name != "c" || row_ == 0 || column_ >= columns_max) return;
    std::string text = cell_text();
    if (text.empty()) return;
    // Rows without a value are not kept.
    if (!is_row_kept_) {
      budget_.take(sizeof(Sheet::Row));
      rows_.push_back({row_, {}});
      is_row_kept_ = true;
    }
    auto& cells = rows_.back().cells;
    if (cells.size() <= column_) {
      budget_.take((column_ + 1 - cells.size()) * sizeof(std::string));
      cells.resize(column_ + 1);
    }
    budget_.take(text.size());
    cells[column_] = std::move(text);
  }

  [[nodiscard]] std::string cell_text() const {
    if (type_ == "s") {
      std::size_t at = shared_.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), at);
      return at < shared_.size() ? shared_[at] : std::string();
    }
    if (type_ == "b") return value_ == "1" ? "true" : "false";
    if (type_ == "d") return value_.substr(0, 10);  // ISO 8601.
    if (type_ == "str" || type_ == "inlineStr") return plain_text(value_);
    if (type_ == "e") {
      archive_->fail("has the error " + value_ + " in row " +
                     std::to_string(row_));
    }
    std::size_t style = days_.size();
    std::from_chars(style_.data(), style_.data() + style_.size(), style);
    const bool is_day = style < days_.size() && days_[style];
    return is_day ? day_text(value_, counts_from_1904_) : number_text(value_);
  }

  const std::vector<std::string>& shared_;
  const std::vector<bool>& days_;
  bool counts_from_1904_;
  Budget& budget_;
  const Archive* archive_ = nullptr;
  std::vector<Sheet::Row> rows_;
  std::uint32_t row_ = 0;
  bool is_row_kept_ = false;
  std::size_t column_ = 0;
  std::size_t next_column_ = 0;
  std::string type_;
  std::string style_;
  std::string value_;
  bool in_value_ = false;
  int hints_ = 0;
};

}  // namespace

std::vector<Sheet> read_workbook(const std::string& path) {
  const Archive archive(path);
  const Contents contents = contents_of(archive);
  const auto shared = shared_texts(archive);
  const auto days = day_styles(archive);
  Budget budget(archive);
  std::vector<Sheet> sheets;
  for (const SheetPart& part : contents.sheets) {
    const std::string xml = archive.read(part.path);
    if (xml.empty()) archive.fail("lacks the sheet '" + part.name + "'");
    CellReader reader(shared, days, contents.counts_from_1904, budget);
    sheets.push_back({part.name, reader.read(archive, xml)});
  }
  return sheets;
}

}  // namespace headrope::tool
