#!/usr/bin/env bash
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Builds the wheel and the source distribution of the Python package, and tests
# the wheel, not the sources: in a fresh environment that has the wheel and the
# pinned tools. The library in the wheel is that of the preset dev, which is
# there already. With --all it is compiled for release, and tested also under
# every CPython from 3.10 to 3.13 that the machine has, by auditwheel and
# abi3audit, and built from the source distribution. Everything lies in
# build/python. Run by ./dev python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
package=$PWD
work=$PWD/../../build/python
mkdir -p "$work"
work=$(cd "$work" && pwd)
tools=$work/tools/bin
python=${PYTHON:-python3}

say() { printf '== %s\n' "$*"; }

# The tools, again only when what is asked for changes.
make_tools() {
  if ! cmp -s requirements.txt "$work/tools/requirements.txt"; then
    say "tools"
    "$python" -m venv --clear "$work/tools"
    "$tools/python" -m pip install -q --disable-pip-version-check -r requirements.txt
    cp requirements.txt "$work/tools/"
  fi
}

build() {
  say "wheel and source distribution"
  rm -rf "$work/dist"
  "$tools/python" -m pip wheel -q --no-build-isolation --no-deps \
    -w "$work/dist" . "$@"
  "$tools/python" -m build -q --no-isolation --sdist -o "$work/dist" . >/dev/null
  ls -l "$work/dist" | awk 'NR > 1 { print $5, $9 }'
}

# An environment with the wheel and the tools, but not the sources.
make_fresh() {
  "$python" -m venv --clear "$work/fresh"
  "$tools/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
    >"$("$work/fresh/bin/python" -c \
      'import sysconfig; print(sysconfig.get_path("purelib"))')/tools.pth"
  "$work/fresh/bin/python" -m pip install -q --no-deps --no-index \
    --disable-pip-version-check "$work"/dist/*.whl
}

run_tests() {
  local fresh=$work/fresh/bin/python installed
  installed=$(cd "$work" && "$fresh" -c \
    'import headrope; print(headrope.__path__[0])')
  say "types"
  "$tools/mypy" --config-file pyproject.toml --cache-dir "$work/mypy" \
    --python-executable "$fresh" -p headrope
  "$tools/pyright" --pythonpath "$fresh" | tail -n 1
  say "tests and examples"
  (cd "$work" && "$fresh" -m pytest -c "$package/pyproject.toml" \
    --rootdir "$package" -p no:cacheprovider -p no:run-parallel \
    -o addopts="-q" --doctest-modules "$installed" "$package/tests")
}

# Under another CPython: the wheel, with the newest packages it can have.
run_tests_under() {
  local under=$work/under-$1
  say "CPython $1"
  "$2" -m venv --clear "$under"
  "$under/bin/python" -m pip install -q --disable-pip-version-check "$work"/dist/*.whl \
    pytest hypothesis networkx pandas pyarrow polars duckdb pyyaml
  (cd "$work" && "$under/bin/python" -m pytest -c "$package/pyproject.toml" \
    --rootdir "$package" -p no:cacheprovider "$package/tests")
}

run_all() {
  local version found
  "$tools/abi3audit" --strict --report "$work"/dist/*.whl >/dev/null
  PATH="$tools:$PATH" "$tools/auditwheel" repair -w "$work/dist/repaired" \
    "$work"/dist/*.whl 2>&1 | tail -n 1
  say "16 threads"
  (cd "$work" && "$work/fresh/bin/python" -m pytest \
    -c "$package/pyproject.toml" --rootdir "$package" -p no:cacheprovider \
    --parallel-threads=16 --disable-warnings "$package"/tests/test_golden.py \
    "$package"/tests/test_tables.py "$package"/tests/test_errors.py)
  for version in 3.10 3.11 3.12 3.13; do
    for found in "$(command -v "python$version")" \
      "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/"python$version"; do
      if [[ -x $found ]] && "$found" -c '' 2>/dev/null; then
        run_tests_under "$version" "$found"
        break
      fi
    done
  done
  say "from the source distribution"
  rm -rf "$work/unpacked" && mkdir "$work/unpacked"
  tar -xzf "$work"/dist/*.tar.gz -C "$work/unpacked" --strip-components 1
  (cd "$work/unpacked" && "$tools/python" -m pip wheel -q --no-build-isolation --no-deps \
    -w "$work/from-sdist" . -Cbuild-dir="$work/cmake-sdist")
  "$work/fresh/bin/python" -m pip install -q --no-deps --no-index --force-reinstall \
    "$work"/from-sdist/*.whl
  run_tests
}

make_tools
if [[ ${1:-} == --all ]]; then
  build -Cbuild-dir="$work/cmake"
else
  cmake --install "$work/../dev" --prefix "$work/prefix" >/dev/null
  build -Cbuild-dir="$work/cmake-dev" -Ccmake.define.HEADROPE_PREBUILT=ON \
    -Ccmake.define.CMAKE_PREFIX_PATH="$work/prefix"
fi
make_fresh
run_tests
if [[ ${1:-} == --all ]]; then run_all; fi
