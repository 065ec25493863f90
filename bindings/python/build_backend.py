# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The build backend: scikit-build-core, and what it cannot know.

The C++ sources, the licence and the version stand two folders up. A wheel is
built from there; a source distribution takes the sources along, in cpp/.
"""

from __future__ import annotations

import atexit
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scikit_build_core import build as _build
from scikit_build_core.build import *  # noqa: F403

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
CARRIED = HERE / "cpp"

TAKEN = ["CMakeLists.txt", "LICENSE", "cmake", "capi", "include", "src",
         "examples/xincheng", "examples/pack"]
"""What a source distribution needs of the checkout."""


def build_sdist(sdist_directory: str,
                config_settings: Mapping[str, Any] | None = None) -> str:
    """Builds a source distribution."""
    if not _is_checkout():
        sdist: str = _build.build_sdist(sdist_directory, config_settings)
        return sdist
    shutil.rmtree(CARRIED, ignore_errors=True)
    try:
        for name in TAKEN:
            source, target = CHECKOUT / name, CARRIED / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copyfile(source, target)
        sdist = _build.build_sdist(sdist_directory, config_settings)
        return sdist
    finally:
        shutil.rmtree(CARRIED, ignore_errors=True)


def _is_checkout() -> bool:
    return (CHECKOUT / "capi" / "include" / "headrope" / "headrope.h").is_file()


def _take() -> None:
    """Puts the licence, and the version that CMakeLists.txt has once, where
    scikit-build-core looks for them."""
    shutil.copyfile(CHECKOUT / "LICENSE", HERE / "LICENSE")
    text = (CHECKOUT / "CMakeLists.txt").read_text(encoding="utf-8")
    found = re.search(r"project\(headrope VERSION (\S+)", text)
    if found is None:
        raise ValueError("no version in CMakeLists.txt")
    (HERE / "VERSION").write_text(found[1] + "\n", encoding="utf-8")


def _leave() -> None:
    (HERE / "LICENSE").unlink(missing_ok=True)
    (HERE / "VERSION").unlink(missing_ok=True)


if _is_checkout():
    _take()
    atexit.register(_leave)
