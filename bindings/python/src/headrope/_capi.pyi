# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The compiled module: the C API as cffi shows it, untyped."""

from typing import Any

ffi: Any
lib: Any
