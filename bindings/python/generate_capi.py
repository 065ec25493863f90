# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Generates the source of `headrope._capi` from headrope.h.

cffi reads declarations of C, without a preprocessor. What it is given here is
the header itself: comments, directives and marks are taken away, and each
`#define` of a number becomes a constant that the compiler checks. So a function
that is in the header is in Python, and nothing is declared twice.

Arguments: headrope.h, the C file to write.
"""

import re
import sys
from pathlib import Path

import cffi

CALLBACKS = """
extern "Python" int32_t headrope_python_progress(const char* stage,
    int64_t done, int64_t total, void* user_data);
extern "Python" int32_t headrope_python_write(const char* bytes, int64_t size,
    void* user_data);
extern "Python" int32_t headrope_python_open(const char* path, void** file,
    int64_t* size, void* user_data);
extern "Python" int64_t headrope_python_read(void* file, char* buffer,
    int64_t capacity, void* user_data);
extern "Python" int32_t headrope_python_listen(int64_t sequence,
    const int64_t* units, int64_t count, void* user_data);
extern "Python" void headrope_python_close(void* file, void* user_data);
"""

# Arrow's capsules own what they hold: a struct on the heap, and its release.
HELPERS = """
struct ArrowSchema* headrope_python_schema(void);
struct ArrowArray* headrope_python_array(void);
struct ArrowArrayStream* headrope_python_array_stream(void);
void* headrope_python_schema_end(void);
void* headrope_python_array_end(void);
void* headrope_python_array_stream_end(void);
"""
"""Declared to cffi: for each struct one that makes an empty one, and one that
gives the function by which its capsule ends."""

HELPERS_SOURCE = """
#include <stdlib.h>
#include <headrope/headrope.h>

#define CAPSULE(name, type)                                              \\
  static type* headrope_python_##name(void) {                            \\
    return (type*)calloc(1, sizeof(type));                               \\
  }                                                                      \\
  static void headrope_python_end_##name(PyObject* capsule) {            \\
    type* it = (type*)PyCapsule_GetPointer(capsule, "arrow_" #name);     \\
    if (!it) {                                                           \\
      PyErr_Clear();                                                     \\
      return;                                                            \\
    }                                                                    \\
    if (it->release) it->release(it);                                    \\
    free(it);                                                            \\
  }                                                                      \\
  static void* headrope_python_##name##_end(void) {                      \\
    return (void*)headrope_python_end_##name;                            \\
  }
CAPSULE(schema, struct ArrowSchema)
CAPSULE(array, struct ArrowArray)
CAPSULE(array_stream, struct ArrowArrayStream)
"""


def declarations(header: str) -> str:
    """Gives what cffi reads of a header.

    >>> declarations('#define HEADROPE_NONE INT64_C(-1)\\nHEADROPE_API int f(void);')
    '#define HEADROPE_NONE ...\\nint f(void);'
    """
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    text = text.replace("\\\n", " ")
    constants = re.findall(
        r"^#define (HEADROPE_[A-Z0-9_]+)[ \t]+"
        r"(?:-?\d+|INT(?:32|64)_C\(-?\d+\)|INT32_(?:MAX|MIN))\s*$",
        text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r'extern "C" \{(.*)\}', r"\1", text, flags=re.DOTALL)
    text = re.sub(r"\bHEADROPE_API\b\s*", "", text)
    lines = [f"#define {name} ..." for name in constants]
    lines += [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines)


def main() -> None:
    header, target = map(Path, sys.argv[1:])
    ffi = cffi.FFI()
    ffi.cdef(declarations(header.read_text(encoding="utf-8")))
    ffi.cdef(CALLBACKS + HELPERS)
    ffi.set_source("headrope._capi", HELPERS_SOURCE,
                   py_limited_api=True)
    ffi.emit_c_code(str(target))


if __name__ == "__main__":
    main()
