# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# headrope_module(NAME [USES module...] [LINKS target...]) makes src/NAME an
# object library. It can include its own folder, the public headers and the
# folders it uses: an include outside the list does not compile.
# headrope_shipped_vocabulary(MODULE) compiles its vocabulary/*.csv in.
# headrope_library(TARGET) folds all modules into the library that users link.

set(HEADROPE_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.hpp.in"
  "${HEADROPE_GENERATED_DIR}/headrope/version.hpp" @ONLY)
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.cpp.in"
  "${HEADROPE_GENERATED_DIR}/version.cpp" @ONLY)

function(headrope_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LINKS")
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  if(NOT sources)
    return() # A module without sources yet, or of headers only.
  endif()
  set(target headrope_${name})
  add_library(${target} OBJECT ${sources})
  headrope_compile_settings(${target})
  target_include_directories(${target} PRIVATE
    "${PROJECT_SOURCE_DIR}/include" "${HEADROPE_GENERATED_DIR}")
  foreach(used IN LISTS name arg_USES)
    headrope_show_module(${target} ${used})
  endforeach()
  target_link_libraries(${target} PRIVATE
    Microsoft.GSL::GSL fmt::fmt-header-only Threads::Threads ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY HEADROPE_OBJECTS
    $<TARGET_OBJECTS:${target}>)
endfunction()

# Lets TARGET reach src/MODULE as "MODULE/file.hpp", and nothing beside it:
# the include path is a folder that holds one link.
function(headrope_show_module target module)
  set(path "${PROJECT_BINARY_DIR}/modules/${module}")
  file(MAKE_DIRECTORY "${path}")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/src/${module}" "${path}/${module}"
    SYMBOLIC)
  target_include_directories(${target} PRIVATE "${path}")
endfunction()

function(headrope_shipped_vocabulary module)
  if(NOT TARGET headrope_${module})
    return()
  endif()
  foreach(table IN ITEMS kinds hierarchies roles measures)
    set(file "${PROJECT_SOURCE_DIR}/src/${module}/vocabulary/${table}.csv")
    file(READ "${file}" shipped_${table})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  endforeach()
  set(source "${HEADROPE_GENERATED_DIR}/vocabulary.cpp")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/vocabulary.cpp.in" "${source}"
    @ONLY)
  target_sources(headrope_${module} PRIVATE "${source}")
endfunction()

function(headrope_library target)
  get_property(objects GLOBAL PROPERTY HEADROPE_OBJECTS)
  file(GLOB headers CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/include/headrope/*.hpp")
  add_library(${target} "${HEADROPE_GENERATED_DIR}/version.cpp" ${objects})
  target_sources(${target} PUBLIC FILE_SET HEADERS
    BASE_DIRS "${PROJECT_SOURCE_DIR}/include" "${HEADROPE_GENERATED_DIR}"
    FILES ${headers} "${HEADROPE_GENERATED_DIR}/headrope/version.hpp")
  headrope_compile_settings(${target})
  target_link_libraries(${target} PUBLIC Microsoft.GSL::GSL
    PRIVATE Threads::Threads yaml-cpp)
  # libheadrope.so is the C library, which every language loads by that name.
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME headrope_cpp
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    VERIFY_INTERFACE_HEADER_SETS ${HEADROPE_DEVELOPER_MODE})
endfunction()
