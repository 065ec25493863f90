# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# How the project is compiled: the compiler cache, sanitizers, coverage, and
# headrope_compile_settings(TARGET), the flags of every target of ours.

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  find_program(HEADROPE_CCACHE ccache)
  if(HEADROPE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    # What it needs to keep objects that were made with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      "${HEADROPE_CCACHE}")
  endif()
endif()

# These apply to everything that is linked together, so they are global.
if(HEADROPE_SANITIZE)
  add_compile_options(-fsanitize=${HEADROPE_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HEADROPE_SANITIZE})
endif()
if(HEADROPE_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()

# Instrumented code makes compilers warn falsely, so there warnings stay
# warnings.
if(HEADROPE_DEVELOPER_MODE AND NOT HEADROPE_SANITIZE AND NOT HEADROPE_COVERAGE)
  set(headrope_warnings_are_errors ON)
else()
  set(headrope_warnings_are_errors OFF)
endif()

function(headrope_compile_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    POSITION_INDEPENDENT_CODE ON
    COMPILE_WARNING_AS_ERROR ${headrope_warnings_are_errors})
  # The C++ headers carry no export marks, so a shared library must show all.
  if(NOT BUILD_SHARED_LIBS)
    set_target_properties(${target} PROPERTIES
      CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
  # Equal inputs must give equal bits: no fused multiply-add.
  target_compile_options(${target} PRIVATE -ffp-contract=off)
  if(HEADROPE_DEVELOPER_MODE)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow
      -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor)
  endif()
  # gcc 12 reports overlapping copies in std::string that are not there
  # (GCC bug 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND
     CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
endfunction()
