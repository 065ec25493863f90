# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Install rules: the C and the C++ library, their public headers, the CMake
# package `headrope`, headrope-c.pc and headrope.pc. The installed prefix may be
# moved: the packages find their files from where they lie.

include(CMakePackageConfigHelpers)

set(headrope_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/headrope")
set(headrope_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(TARGETS headrope EXPORT headropeTargets FILE_SET HEADERS)
install(EXPORT headropeTargets NAMESPACE headrope::
  DESTINATION "${headrope_cmake_dir}")

# The C library alone needs nothing else, so it is a set of its own.
if(TARGET headrope_c)
  install(TARGETS headrope_c EXPORT headropeCTargets FILE_SET HEADERS)
  install(EXPORT headropeCTargets NAMESPACE headrope::
    DESTINATION "${headrope_cmake_dir}")
  install(TARGETS headrope_c_static EXPORT headropeTargets FILE_SET HEADERS)
endif()

configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/headropeConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/headropeConfig.cmake"
  INSTALL_DESTINATION "${headrope_cmake_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/headropeConfigVersion.cmake"
  COMPATIBILITY SameMajorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/headropeConfig.cmake"
  "${PROJECT_BINARY_DIR}/headropeConfigVersion.cmake"
  DESTINATION "${headrope_cmake_dir}")

# From the folder of headrope.pc up to the prefix, for example "../..".
file(RELATIVE_PATH headrope_pc_to_prefix "/prefix/${headrope_pc_dir}" "/prefix")
configure_file("${CMAKE_CURRENT_LIST_DIR}/headrope.pc.in"
  "${PROJECT_BINARY_DIR}/headrope.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/headrope.pc"
  DESTINATION "${headrope_pc_dir}")
if(TARGET headrope_c)
  configure_file("${CMAKE_CURRENT_LIST_DIR}/headrope-c.pc.in"
    "${PROJECT_BINARY_DIR}/headrope-c.pc" @ONLY)
  configure_file("${CMAKE_CURRENT_LIST_DIR}/headrope-c-static.pc.in"
    "${PROJECT_BINARY_DIR}/headrope-c-static.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/headrope-c.pc"
    "${PROJECT_BINARY_DIR}/headrope-c-static.pc"
    DESTINATION "${headrope_pc_dir}")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}")
