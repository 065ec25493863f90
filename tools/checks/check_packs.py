#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Checks rule packs and case files against their schemas.

  check_packs.py [PATH…]      files, or folders to search (default: packs and
                              tests/data/forms) for *.yaml and *.cases.yaml
  check_packs.py --self-test  each bad pack of tests/data/bad-packs that a
                              schema can see fails, the rest of them does not

A *.cases.yaml file is held against docs/formats/rule-cases.schema.json, any
other *.yaml file against docs/formats/rule-pack.schema.json. The reader is as
strict as the formats are: no anchors, aliases, tags, merge keys, repeated
keys, further documents, depth above 40, or files above 4 MiB. Dates stay
texts. What follows from the meaning of a pack (names, references, dates that
contradict each other) is not looked at here; `headrope check` does it.

Prints FILE:LINE:COLUMN and what is wrong, one line per finding, and exits 1 if
there is any. Needs the Python packages yaml and jsonschema (Debian:
python3-yaml, python3-jsonschema).
"""

import json
import pathlib
import re
import sys
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMATS = ROOT / "docs" / "formats"
BAD_PACKS = ROOT / "tests" / "data" / "bad-packs"
DEFAULT = ("packs", "tests/data/forms")

BYTES_MAX = 4 << 20
DEPTH_MAX = 40

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Wrong(Exception):
    """A finding: (line, column, text), both from 1."""

    def __init__(self, mark, text):
        super().__init__(mark.line + 1, mark.column + 1, text)


def scalar(event):
    """The value of a scalar; only plain ones are ever more than a text."""
    text = event.value
    if not event.implicit[0]:
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


class Reader:
    """Reads one document into dicts, lists and scalars, and remembers where
    the value and the key of each path stand."""

    def __init__(self, text):
        self.values, self.keys = {}, {}
        self.stack = []  # [container, path, key or None, mark of the key]
        self.root, self.documents = None, 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            self.take(event)
        if not self.documents:
            raise Wrong(yaml.Mark("", 0, 0, 0, "", 0), "the file is empty")

    def take(self, event):
        mark = event.start_mark
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Wrong(mark, "a second document")
        elif isinstance(event, yaml.AliasEvent):
            raise Wrong(mark, f"the alias *{event.anchor}")
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                raise Wrong(mark, f"the anchor &{event.anchor}")
            if event.tag is not None:
                raise Wrong(mark, f"the tag {event.tag}")
            self.node(event, mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def node(self, event, mark):
        if self.stack and self.stack[-1][2] is None \
                and isinstance(self.stack[-1][0], dict):
            self.key(event, mark)
            return
        path = self.next_path()
        self.values[path] = mark
        if isinstance(event, yaml.ScalarEvent):
            self.put(scalar(event))
            return
        if len(self.stack) == DEPTH_MAX:
            raise Wrong(mark, f"deeper than {DEPTH_MAX} levels")
        mapping = isinstance(event, yaml.MappingStartEvent)
        value = {} if mapping else []
        self.put(value)
        self.stack.append([value, path, None])

    def key(self, event, mark):
        if not isinstance(event, yaml.ScalarEvent):
            raise Wrong(mark, "a key that is no text")
        container, path, _ = self.stack[-1]
        if event.value == "<<":
            raise Wrong(mark, "a merge key")
        if event.value in container:
            raise Wrong(mark, f"the key {event.value} stands twice")
        self.stack[-1][2] = event.value
        self.keys[path + (event.value,)] = mark

    def next_path(self):
        if not self.stack:
            return ()
        container, path, key = self.stack[-1]
        return path + (len(container) if key is None else key,)

    def put(self, value):
        if not self.stack:
            self.root = value
            return
        container, _, key = self.stack[-1]
        if key is None:
            container.append(value)
        else:
            container[key] = value
            self.stack[-1][2] = None

    def place(self, path):
        mark = self.values.get(path) or self.values[()]
        return mark.line + 1, mark.column + 1

    def key_place(self, path):
        mark = self.keys.get(path)
        return (mark.line + 1, mark.column + 1) if mark else self.place(path)


def words(keys):
    return ", ".join(keys)


def one_of_keys(branches):
    """The keys of a oneOf or anyOf that only asks which key is there."""
    if all(set(b) == {"required"} and len(b["required"]) == 1
           for b in branches):
        return [b["required"][0] for b in branches]
    return None


def choice(error, reader, path):
    """The finding of a oneOf or anyOf: of two keys, at the second."""
    keys = one_of_keys(error.validator_value)
    if keys is None:
        return *reader.place(path), error.message
    there = [k for k in error.instance if k in keys]
    if not there:
        return *reader.place(path), f"one of {words(keys)} is missing"
    return (*reader.key_place(path + (there[1],)),
            f"only one of {words(there)} may stand here")


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 50 else text[:47] + "…"


def tell(error, reader):
    """Yields (line, column, text) for an error of the schema."""
    path, kind = tuple(error.absolute_path), error.validator
    expected, place = error.validator_value, reader.place(path)
    if kind == "additionalProperties":
        known = error.schema.get("properties", {})
        for key in error.instance:
            if key not in known:
                yield *reader.key_place(path + (key,)), f"unknown key {key}"
    elif kind == "not" and expected:
        yield *place, f"{short(error.instance)} does not belong here"
    elif kind == "not":
        # A key that the schema forbids beside another one: {"not": {}}.
        yield *reader.key_place(path), f"{path[-1]} does not belong here"
    elif "propertyNames" in error.schema_path:
        key_path = path + (error.instance,)
        yield *reader.key_place(key_path), f"{error.instance} is no name here"
    elif kind == "required":
        key = re.match(r"'(.*)' is a required", error.message)
        yield *place, f"{key[1] if key else error.message} is missing"
    elif kind == "dependentRequired":
        key = re.match(r"'(.*)' is a dependency of '(.*)'", error.message)
        at = reader.key_place(path + (key[2],)) if key else place
        yield *at, f"{key[2]} needs {key[1]}" if key else error.message
    elif kind in ("oneOf", "anyOf"):
        yield choice(error, reader, path)
    elif kind == "enum":
        yield *place, f"{short(error.instance)} is none of {words(expected)}"
    elif kind == "const":
        yield *place, f"{short(error.instance)} is not {short(expected)}"
    elif kind == "type":
        kinds = [expected] if isinstance(expected, str) else expected
        yield *place, f"{short(error.instance)} is no {' or '.join(kinds)}"
    elif kind in ("pattern", "format"):
        told = error.schema.get("description", "text of the right form")
        yield *place, f"{short(error.instance)} does not fit: {told}"
    elif kind in ("minItems", "minProperties", "minLength"):
        yield *place, f"fewer than {expected} entries"
    else:
        yield *place, error.message


class Checker:
    """Holds files against the two schemas."""

    def __init__(self):
        self.validators = {}
        for name in ("rule-pack", "rule-cases"):
            schema = json.loads((FORMATS / f"{name}.schema.json").read_text(
                "utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            self.validators[name] = jsonschema.Draft202012Validator(
                schema, format_checker=jsonschema.FormatChecker(["date"]))

    def findings(self, file):
        """The findings of one file, as (line, column, text), in order."""
        data = file.read_bytes()
        if len(data) > BYTES_MAX:
            return [(1, 1, f"more than {BYTES_MAX} bytes")]
        try:
            reader = Reader(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            before = data[:error.start].decode("utf-8", "replace")
            line = before.count("\n") + 1
            return [(line, len(before) - before.rfind("\n"), "no UTF-8")]
        except Wrong as wrong:
            return [wrong.args]
        except yaml.reader.ReaderError as error:
            return [(1, 1, f"character {error.position}: {error.reason}")]
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            return [(mark.line + 1, mark.column + 1,
                     f"no YAML: {error.problem}")]
        cases = file.name.endswith(".cases.yaml")
        validator = self.validators["rule-cases" if cases else "rule-pack"]
        told = {}
        for error in validator.iter_errors(reader.root):
            for line, column, text in tell(error, reader):
                told.setdefault((line, column), text)  # The first at a place.
        return sorted((*place, text) for place, text in told.items())


def files_of(paths):
    for path in paths:
        yield from sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def shown(file):
    file = file.resolve()
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


class BadPacks(unittest.TestCase):
    """tests/data/bad-packs against the schema: the rows of its table that say
    `schema` fail at the line and column they name, the others do not."""

    ROW = re.compile(r"^\| `([^`]+)` \| (schema|engine|loads) \| (\S*) ?\|", re.M)

    def setUp(self):
        self.checker = Checker()
        self.rows = self.ROW.findall((BAD_PACKS / "README.md").read_text(
            "utf-8"))

    def test_table_names_each_file(self):
        # A pack that an overlay stands on has no row.
        there = {f.relative_to(BAD_PACKS).as_posix()
                 for f in BAD_PACKS.rglob("*.yaml") if f.name != "base.yaml"}
        self.assertGreaterEqual(len(self.rows), 35)
        self.assertEqual(there, {name for name, _, _ in self.rows})

    def test_what_a_schema_can_see(self):
        for name, seen_by, places in self.rows:
            with self.subTest(name):
                found = self.checker.findings(BAD_PACKS / name)
                at = ",".join(f"{line}:{column}" for line, column, _ in found)
                self.assertEqual(at, places if seen_by == "schema" else "",
                                 found)

    def test_bases_are_good(self):
        for file in BAD_PACKS.rglob("base.yaml"):
            self.assertEqual(self.checker.findings(file), [], file)


def self_test():
    engine = [name for name, seen_by, _ in BadPacks.ROW.findall(
        (BAD_PACKS / "README.md").read_text("utf-8")) if seen_by == "engine"]
    print(f"Only the engine can see: {words(engine)}")
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(BadPacks)
    return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    paths = [pathlib.Path(a) for a in arguments] \
        or [p for p in (ROOT / d for d in DEFAULT) if p.is_dir()]
    missing = [p for p in paths if not p.exists()]
    for path in missing:
        print(f"{path}: no such file or folder")
    checker, count = Checker(), 0
    for file in files_of([p for p in paths if p.exists()]):
        for line, column, text in checker.findings(file):
            print(f"{shown(file)}:{line}:{column}: {text}")
            count += 1
    return 1 if count or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
