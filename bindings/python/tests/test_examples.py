# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The examples in Python and the notebooks run; notebooks are kept without
what they print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHECKOUT

EXAMPLES = CHECKOUT / "examples" / "python"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
PROGRAMS = sorted(EXAMPLES.glob("[!t]*.py"))


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_a_program_runs(file: Path) -> None:
    done = subprocess.run([sys.executable, "-W", "error", str(file)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs(file: Path, tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(file, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    nbclient.NotebookClient(notebook, timeout=120, resources={
        "metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code"
             for output in cell.outputs]
    assert not [one for one in shown if one.output_type == "error"]
    kinds = {kind for one in shown for kind in one.get("data", {})}
    assert {"text/html", "image/png"} <= kinds
    # A character that no font has would be told on stderr.
    assert not [one for one in shown if one.get("name") == "stderr"
                and "Glyph" in one.text]


def test_there_are_two_notebooks_and_tests_in_python() -> None:
    assert len(NOTEBOOKS) == 2 and len(PROGRAMS) == 2
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLES)],
        capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout
