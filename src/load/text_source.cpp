// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// GB18030 by the C library's iconv, which is strict and says where it stopped;
// docs/decisions/0002-gb18030.md has the choice.

#include "load/text_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <iconv.h>

namespace headrope {
namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";
constexpr std::size_t raw_bytes = 1U << 18U;

}  // namespace

class TextSource::Converter {
 public:
  Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  [[nodiscard]] bool is_open() const {
    // The C interface's own way of saying "none". NOLINTNEXTLINE(*-int-to-ptr)
    return handle_ != reinterpret_cast<iconv_t>(-1);
  }

  enum class Outcome : std::uint8_t { more_wanted, buffer_full, invalid };

  Outcome convert(std::span<char>& input, std::span<char>& output) {
    char* in = input.data();
    char* out = output.data();
    std::size_t in_left = input.size();
    std::size_t out_left = output.size();
    const std::size_t result = iconv(handle_, &in, &in_left, &out, &out_left);
    input = {in, in_left};
    output = {out, out_left};
    if (result != static_cast<std::size_t>(-1)) return Outcome::more_wanted;
    if (errno == E2BIG) return Outcome::buffer_full;
    return errno == EINVAL ? Outcome::more_wanted : Outcome::invalid;
  }

 private:
  iconv_t handle_;
};

TextSource::TextSource(std::unique_ptr<PackageFile> file, Encoding encoding)
    : file_(std::move(file)) {
  if (encoding == Encoding::gb18030) {
    converter_ = std::make_unique<Converter>();
  }
}

TextSource::~TextSource() = default;

Result<std::size_t> TextSource::read(std::span<char> buffer) {
  Expects(buffer.size() >= 16);
  auto count = converter_ ? read_converted(buffer) : read_raw(buffer);
  if (!count || !at_start_) return count;
  // A first piece shorter than a mark is completed, so that the mark is seen.
  while (*count < mark.size()) {
    const auto more = converter_ ? read_converted(buffer.subspan(*count))
                                 : read_raw(buffer.subspan(*count));
    if (!more) return more;
    if (*more == 0) break;
    *count += *more;
  }
  at_start_ = false;
  if (std::string_view(buffer.data(), *count).starts_with(mark)) {
    mark_bytes_ = converter_ ? 4 : mark.size();
    std::memmove(buffer.data(), buffer.data() + mark.size(),
                 *count - mark.size());
    *count -= mark.size();
    if (*count == 0) return read(buffer);
  }
  return count;
}

Result<std::size_t> TextSource::read_raw(std::span<char> buffer) {
  const auto count = file_->read(buffer);
  if (count) bytes_taken_ += *count;
  return count;
}

Result<std::size_t> TextSource::read_converted(std::span<char> buffer) {
  if (!converter_->is_open()) {
    return Error{Code::encoding_unsupported,
                 "this system cannot convert GB18030"};
  }
  std::span<char> output = buffer;
  while (output.size() == buffer.size()) {
    if (!at_end_ && raw_.size() < 4) {
      const std::size_t kept = raw_.size();
      raw_.resize(raw_bytes);
      const auto count = read_raw(std::span(raw_).subspan(kept));
      if (!count) return count;
      raw_.resize(kept + *count);
      at_end_ = *count == 0;
    }
    if (raw_.empty()) return std::size_t{0};
    std::span<char> input = raw_;
    const auto outcome = converter_->convert(input, output);
    const bool cut_off = outcome == Converter::Outcome::more_wanted &&
                         at_end_ && !input.empty() &&
                         output.size() == buffer.size();
    if (output.size() == buffer.size() &&
        (outcome == Converter::Outcome::invalid || cut_off)) {
      const std::uint64_t offset = bytes_taken_ - input.size();
      return Error{
          Code::text_not_gb18030,
          "not GB18030 at byte " + std::to_string(offset) + " of the file"};
    }
    raw_.erase(raw_.begin(),
               raw_.end() - static_cast<std::ptrdiff_t>(input.size()));
  }
  return buffer.size() - output.size();
}

}  // namespace headrope
