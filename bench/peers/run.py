# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Asks Headrope and its peers one question from Python: of the groups at and
below every unit, how many have points that reach a threshold?

    python bench/peers/run.py [--units N] [--rounds N] [PEER…]

Each peer runs in a process of its own, after it has read the data into what it
works with; only the answer is timed, and the best of the rounds counts, since
other programs may share the machine; processor time tells what the work is where
they do. All answers must be equal. Headrope gives a table with identities, names
and kinds; its peers give counts by number, so Headrope's counts alone are told
too. Prints a table for docs/performance.md.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import resource
import subprocess
import sys
import time

PEERS = ("headrope", "polars", "duckdb", "pandas", "igraph", "rustworkx", "networkx")


def one(peer: str, units: int, rounds: int) -> dict[str, object]:
    """Runs a peer in this process."""
    from data import make

    module = importlib.import_module("with_" + peer)
    data = make(units)
    begin = time.perf_counter()
    prepared = module.prepare(data)
    prepare = time.perf_counter() - begin
    times, worked = [], []
    for _ in range(rounds):
        begin, began = time.perf_counter(), time.process_time()
        eligible, met = module.answer(prepared)
        times.append(time.perf_counter() - begin)
        worked.append(time.process_time() - began)
    digest = hashlib.sha256()
    for column in (eligible, met):
        digest.update(column.astype("int64").tobytes())
    result = {"prepare": prepare, "best": min(times),
              "worked": min(worked), "digest": digest.hexdigest(),
              "top": [int(eligible[0]), int(met[0])],
              "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}
    if hasattr(module, "overhead"):
        result["overhead"] = module.overhead(prepared, max(rounds, 9))
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=5_250_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one")
    parser.add_argument("peers", nargs="*", default=PEERS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one, asked.units, asked.rounds)))
        return
    results = {}
    for peer in asked.peers:
        done = subprocess.run(
            [sys.executable, os.path.abspath(__file__), "--one", peer, "--units",
             str(asked.units), "--rounds", str(asked.rounds)],
            stdout=subprocess.PIPE, text=True, check=True)
        results[peer] = json.loads(done.stdout.splitlines()[-1])
        print(peer, results[peer], file=sys.stderr)
    if len({result["digest"] for result in results.values()}) != 1:
        sys.exit("the answers differ")
    show(results, asked.units, asked.rounds)


def show(results: dict[str, dict], units: int, rounds: int) -> None:
    """Prints the table."""
    print(f"Coverage of every node from Python, {units} units, {units // 2} "
          f"records, best of {rounds} rounds, {os.cpu_count()} processors, load "
          f"{os.getloadavg()[0]:.1f}\n")
    print("| peer | answer | processor time | against the table | against the counts "
          "| data read in | memory at most |")
    print("|---|---|---|---|---|---|---|")
    whole = results["headrope"]["worked"]
    counts = sum(results["headrope"]["overhead"][part] for part in ("assess", "cover"))
    print(f"| headrope, counts alone | — | {counts * 1e3:.0f} ms | "
          f"{counts / whole:.1f} | 1.0 | — | — |")
    for peer, result in results.items():
        print(f"| {peer} | {result['best'] * 1e3:.0f} ms | "
              f"{result['worked'] * 1e3:.0f} ms | {result['worked'] / whole:.1f} | "
              f"{result['worked'] / counts:.1f} | {result['prepare']:.1f} s | "
              f"{result['peak']:.1f} GiB |")
    for result in results.values():
        if "overhead" in result:
            over = result["overhead"]
            print(f"\nAssess, cover and table, processor time: by the package "
                  f"{over['package'] * 1e3:.0f} ms, by the C API alone "
                  f"{over['c'] * 1e3:.0f} ms: {over['ratio']:.3f} "
                  f"({over['least']:.3f}–{over['greatest']:.3f}). Of that "
                  f"assess {over['assess'] * 1e3:.0f} ms, cover "
                  f"{over['cover'] * 1e3:.0f} ms, the table with names "
                  f"{over['table'] * 1e3:.0f} ms.")


if __name__ == "__main__":
    main()
