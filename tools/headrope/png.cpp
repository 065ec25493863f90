// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "headrope/png.hpp"

#include "headrope/options.hpp"

#ifdef HEADROPE_HAS_PNG

#include <cmath>
#include <memory>

#include <librsvg/rsvg.h>

namespace headrope::tool {
namespace {

struct Release {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(cairo_surface_t* surface) const {
    cairo_surface_destroy(surface);
  }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes),
                                        size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

bool draws_png() { return true; }

std::string png_of(const std::string& svg, double scale) {
  constexpr double side_max = 32'000;  // Of cairo's surfaces.
  const std::unique_ptr<RsvgHandle, Release> handle(rsvg_handle_new_from_data(
      reinterpret_cast<const guint8*>(svg.data()), svg.size(), nullptr));
  double width = 0;
  double height = 0;
  if (handle == nullptr || rsvg_handle_get_intrinsic_size_in_pixels(
                               handle.get(), &width, &height) == FALSE) {
    throw UsageError{"--out: librsvg does not read the picture"};
  }
  width = std::ceil(width * scale);
  height = std::ceil(height * scale);
  if (width > side_max || height > side_max) {
    throw UsageError{
        "--out: a PNG of more than 32000 pixels a side; write "
        ".svg, give a smaller --scale, or fewer rows"};
  }
  const std::unique_ptr<cairo_surface_t, Release> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                 static_cast<int>(height)));
  const std::unique_ptr<cairo_t, Release> context(cairo_create(surface.get()));
  const RsvgRectangle whole{0, 0, width, height};
  std::string png;
  if (rsvg_handle_render_document(handle.get(), context.get(), &whole,
                                  nullptr) == FALSE ||
      cairo_surface_write_to_png_stream(surface.get(), append, &png) !=
          CAIRO_STATUS_SUCCESS) {
    throw UsageError{"--out: librsvg cannot draw the picture"};
  }
  return png;
}

}  // namespace headrope::tool

#else

namespace headrope::tool {

bool draws_png() { return false; }

std::string png_of(const std::string&, double) {
  throw UsageError{"--out: this program was built without librsvg"};
}

}  // namespace headrope::tool

#endif
