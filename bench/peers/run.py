# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Asks peers the questions of bench/questions_bench.cpp, each in its best idiom:

    python bench/peers/run.py FOLDER [--rounds N] [PEER…]

FOLDER is what `questions_bench --only-write` left, and `questions.json` there,
which questions_bench wrote, holds Headrope's own times. Each peer runs in a
process of its own, after it has read the rows into what it works with. Before and
after each answer the plain pass (plain.c) runs in the same process: a peer's time
is told as a multiple of it, and so are Headrope's, so that the two can be
compared though the machine was not equally busy. Answers are checked: they must be
Headrope's. A round that takes longer than twenty seconds is not repeated. Prints
tables for docs/performance.md.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

PEERS = ("headrope", "numpy", "pandas", "polars", "duckdb", "sqlite", "postgresql",
         "igraph", "rustworkx", "networkx")
QUESTIONS = {"sums": "every node's sum", "coverage": "coverage of every node",
             "persons": "different persons under every node",
             "persons_by_meeting": "the same by the trick, in SQL"}
LONG = 20.0
"""Seconds after which a question is not asked again."""
LOOK_UPS = 200


def median(values: list[float]) -> float:
    values = sorted(values)
    middle = len(values) // 2
    return (values[middle] + values[~middle]) / 2


def asked(peer, question, plain, expected, rounds: int) -> dict[str, float]:
    """Asks one question some times."""
    seconds, worked, multiples = [], [], []
    for _ in range(rounds):
        before = plain.seconds()
        begin, began = time.perf_counter(), time.process_time()
        answer = getattr(peer, question)()
        seconds.append(time.perf_counter() - begin)
        worked.append(time.process_time() - began)
        multiples.append(seconds[-1] * 2 / (before + plain.seconds()))
        if callable(answer):
            answer = answer()
        for mine, theirs in zip(answer, expected, strict=True):
            if not (mine == theirs).all():
                sys.exit(f"{peer.__module__}: the answer to {question} differs")
        del answer
        if seconds[-1] > LONG:
            break
    return {"seconds": median(seconds), "processor": median(worked),
            "plain": median(multiples)}


def one(name: str, folder: Path, rounds: int, loads: bool) -> dict[str, object]:
    """Runs a peer in this process."""
    from data import Data
    from plain import Plain

    module = importlib.import_module("with_" + name)
    data = Data(folder)
    result: dict[str, object] = {"questions": {}}
    if loads and hasattr(module.Peer, "load"):
        begin = time.perf_counter()
        module.Peer.load(folder)
        result["load"] = time.perf_counter() - begin
    plain = Plain(data)
    begin = time.perf_counter()
    peer = module.Peer(data)
    result["prepare"] = time.perf_counter() - begin
    for question in QUESTIONS:
        if hasattr(peer, question):
            expected = data.expected(question.partition("_")[0])
            result["questions"][question] = asked(peer, question, plain, expected,
                                                  rounds)
    if hasattr(peer, "one"):
        result["one"] = looked_up(peer, data)
    if hasattr(peer, "overhead"):
        result["overhead"] = peer.overhead(max(rounds, 9))
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return result


def looked_up(peer, data) -> dict[str, float]:
    """Asks for single nodes by their identities, from a table of totals."""
    peer.prepare_one()
    sums = data.expected("sums")[0]
    chance = random.Random(1)
    seconds = []
    for _ in range(LOOK_UPS):
        unit = chance.randrange(data.count)
        begin = time.perf_counter()
        found = peer.one(data.identities[unit])
        seconds.append(time.perf_counter() - begin)
        if found != sums[unit]:
            sys.exit(f"{peer.__module__}: a look-up differs")
    seconds.sort()
    return {"half": seconds[LOOK_UPS // 2], "most": seconds[LOOK_UPS * 99 // 100]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loads", action="store_true", help="time reading the CSV files too")
    parser.add_argument("--one")
    parser.add_argument("peers", nargs="*", default=PEERS)
    given = parser.parse_intermixed_args()
    if given.one:
        print(json.dumps(one(given.one, given.folder, given.rounds, given.loads)))
        return
    results = {}
    for peer in given.peers:
        done = subprocess.run(
            [sys.executable, os.path.abspath(__file__), str(given.folder), "--one", peer,
             "--rounds", str(given.rounds), *(["--loads"] if given.loads else [])],
            stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{peer} failed")
        results[peer] = json.loads(done.stdout.splitlines()[-1])
        print(peer, results[peer], file=sys.stderr)
    show(results, json.loads((given.folder / "questions.json").read_text()))


def duration(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def show(results: dict[str, dict], native: dict) -> None:
    """Prints the tables."""
    peers = {name: result for name, result in results.items() if name != "headrope"}
    own = native["questions"]
    print(f"\nThe same questions, {native['sizes']}, load {os.getloadavg()[0]:.1f}; in brackets "
          "how many times as long as Headrope in C++ on one thread\n")
    print("| peer | " + " | ".join(QUESTIONS.values()) +
          " | one node by its identity, half / 99 of 100 | rows read in | memory at most |")
    print("|---" * (len(QUESTIONS) + 4) + "|")
    print("| Headrope | " + " | ".join(
        duration(own[question]["seconds"]) if question in own else "—"
        for question in QUESTIONS) +
        f" | {duration(native['one']['half'])} / {duration(native['one']['most'])} | — | — |")
    for name, times in native["peers"].items():
        cells = [f"{duration(times[question]['seconds'])} "
                 f"(×{times[question]['ratio']:.1f})" if question in times else "—"
                 for question in QUESTIONS]
        print(f"| {name} | " + " | ".join(cells) + " | — | — | — |")
    for name, result in peers.items():
        cells = []
        for question in QUESTIONS:
            found = result["questions"].get(question)
            if found is None:
                cells.append("—")
                continue
            ratio = found["plain"] / own[question.partition("_")[0]]["plain"]
            cells.append(f"{duration(found['seconds'])} (×{ratio:.1f})")
        look_up = result.get("one")
        cells.append(f"{duration(look_up['half'])} / {duration(look_up['most'])}"
                     if look_up else "—")
        print(f"| {name} | " + " | ".join(cells) +
              f" | {result['prepare']:.1f} s | {result['peak']:.1f} GiB |")
    loads = {name: result["load"] for name, result in results.items() if "load" in result}
    if loads:
        print("\nReading the CSV files into tables, without resolving an identity but by "
              "Headrope, which also checks them: " + ", ".join(
                  f"{name} {duration(seconds)}" for name, seconds in loads.items()) + ".")
    if "headrope" in results:
        show_package(results["headrope"])


def show_package(result: dict) -> None:
    over = result["overhead"]
    print(f"\nFrom Python: coverage of every node as a table with identities, names and kinds, "
          f"{duration(result['questions']['coverage']['seconds'])}. Assess, cover and table, processor "
          f"time: by the package {over['package'] * 1e3:.0f} ms, by the C API alone "
          f"{over['c'] * 1e3:.0f} ms: {over['ratio']:.3f} ({over['least']:.3f}–"
          f"{over['greatest']:.3f}). Of that assess {over['assess'] * 1e3:.0f} ms, cover "
          f"{over['cover'] * 1e3:.0f} ms, the table with names {over['table'] * 1e3:.0f} ms.")


if __name__ == "__main__":
    main()
