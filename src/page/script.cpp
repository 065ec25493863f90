// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "page/script.hpp"

namespace headrope {

Sink without_tags(const Sink& sink) {
  return [&sink](std::string_view text) {
    while (true) {
      const std::size_t at = text.find('<');
      sink(text.substr(0, at));
      if (at == std::string_view::npos) return;
      sink("\\u003c");
      text.remove_prefix(at + 1);
    }
  };
}

void begin_script(const Sink& sink, std::string_view id) {
  sink("<script type=\"application/json\" id=\"data-");
  sink(id);
  sink("\">");
}

void end_script(const Sink& sink) { sink("</script>\n"); }

}  // namespace headrope
