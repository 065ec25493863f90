# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The first answers in Python: who keeps a rule, why not, and what if.

The README and docs/guide/python.md quote this file; the tests run it.
"""

import datetime

import headrope

registry = headrope.load(headrope.examples.xincheng)
snapshot = registry.freeze(datetime.date(2013, 12, 31))
pack = registry.load_pack(headrope.examples.pack)

year = headrope.Interval(valid_from=datetime.date(2013, 1, 1),
                         valid_until=datetime.date(2014, 1, 1))
assessment = snapshot.assess(pack, "S02", **year)
frame = assessment.cover("party").table().to_pandas()
print(frame[["unit", "name", "met", "eligible"]].head(3))

print(snapshot.explain(pack, "S02", "U10", **year))

stricter = pack.with_parameter("branch_days", 12, valid_from=year["valid_from"])
print(snapshot.compare(pack, stricter, **year).falls_out["name"].to_list())

# How many days each unit studied, itself and with all below it.
days = snapshot.tally("study_session", "distinct_days", **year)
table = days.roll_up("party")
sums = days.sums("party")  # for very many questions: each is one subtraction
assert sums.at("U08") == 15

# Who answers for what, and where nobody does.
gaps = snapshot.responsibility().gaps(language="zh").to_pandas()
print(gaps.loc[gaps["type"] == "vacancy", ["unit_name", "role", "valid_from"]])
