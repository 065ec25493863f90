# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Install rules: the library, its public headers, the CMake package `headrope`
# and headrope.pc. The installed prefix may be moved: both packages find their
# files from where they lie.

include(CMakePackageConfigHelpers)

set(headrope_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/headrope")
set(headrope_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(TARGETS headrope EXPORT headropeTargets FILE_SET HEADERS)
install(EXPORT headropeTargets NAMESPACE headrope::
  DESTINATION "${headrope_cmake_dir}")

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
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}")
