"""What every peer shares: best and median of three runs or more, one JSON line a result."""

import json
import os
import statistics
import sys
import time
from pathlib import Path

import polygons

CASES = ("synthetic", "cajamarca")
LEAST_RUNS, MOST_RUNS, LEAST_SECONDS = 3, 50, 1.0  # short questions are asked until a second has passed
TENTH_OF_A_HECTARE = 1_000.0  # square metres


def cases(folder):
    """Name, zones and blocks of each case."""
    for name in CASES:
        if not (Path(folder) / f"{name}.blocks.bin").exists():
            continue
        zones, blocks = (polygons.read(Path(folder) / f"{name}.{part}.bin") for part in ("zones", "blocks"))
        yield name, zones, blocks


def time_variants(engine, version, case, task, threads, variants):
    """Times each way of asking and prints it: the fastest is not always one that finds the right sum.

    A variant gives (rows with area > 0, rows above 0.1 ha, square metres); for unions a row is a zone."""
    for how, run in variants.items():
        seconds = []
        while len(seconds) < LEAST_RUNS or (sum(seconds) < LEAST_SECONDS and len(seconds) < MOST_RUNS):
            began = time.perf_counter()
            rows, above, square_metres = run()
            seconds.append(time.perf_counter() - began)
        print(f"  {engine} · {case} · {task} · {threads} thr · {how}: {min(seconds):.3f} s", file=sys.stderr, flush=True)
        print(json.dumps({
            "engine": engine, "version": version, "case": case, "task": task, "threads": threads, "how": how,
            "seconds": min(seconds), "median_seconds": statistics.median(seconds), "runs": len(seconds),
            "sum_ha": square_metres / 1e4, "pairs": int(rows), "pairs_above_tenth_ha": int(above),
        }), flush=True)


def counted(square_metres):
    """The three figures of an array of areas."""
    return (square_metres > 0).sum(), (square_metres > TENTH_OF_A_HECTARE).sum(), square_metres.sum()


def pin(threads):
    """Keeps this process on as many processors."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
