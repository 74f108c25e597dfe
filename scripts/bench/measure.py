"""What every peer shares: best and median of three runs, one JSON line a result."""

import json
import os
import statistics
import sys
import time
from pathlib import Path

import polygons

CASES = ("synthetic", "cajamarca")
RUNS = 3
TENTH_OF_A_HECTARE = 1_000.0  # square metres


def cases(folder):
    """Name, zones and blocks of each case."""
    for name in CASES:
        zones, blocks = (polygons.read(Path(folder) / f"{name}.{part}.bin") for part in ("zones", "blocks"))
        yield name, zones, blocks


def time_variants(engine, version, case, task, threads, variants):
    """Runs each way of asking three times and prints the fastest way.

    A variant gives (rows with area > 0, rows above 0.1 ha, square metres); for unions a row is a zone."""
    best = None
    for how, run in variants.items():
        seconds = []
        for _ in range(RUNS):
            began = time.perf_counter()
            rows, above, square_metres = run()
            seconds.append(time.perf_counter() - began)
        result = {
            "engine": engine, "version": version, "case": case, "task": task, "threads": threads, "how": how,
            "seconds": min(seconds), "median_seconds": statistics.median(seconds),
            "sum_ha": square_metres / 1e4, "pairs": int(rows), "pairs_above_tenth_ha": int(above),
        }
        print(f"  {engine} · {case} · {task} · {threads} thr · {how}: {min(seconds):.3f} s", file=sys.stderr, flush=True)
        if best is None or result["seconds"] < best["seconds"]:
            best = result
    print(json.dumps(best), flush=True)


def counted(square_metres):
    """The three figures of an array of areas."""
    return (square_metres > 0).sum(), (square_metres > TENTH_OF_A_HECTARE).sum(), square_metres.sum()


def pin(threads):
    """Keeps this process on as many processors."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
