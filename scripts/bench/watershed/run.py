"""Runs a command and prints its line of JSON with name, cells, processor seconds and peak bytes a cell.    run.py NAME SIDE LIMIT_S COMMAND…

The peak is that of the whole process, the reading of the file and Python itself included."""

import json
import resource
import subprocess
import sys
import time

name, side, limit, command = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
began = time.perf_counter()
try:
    ran = subprocess.run(command, capture_output=True, text=True, timeout=limit)
except subprocess.TimeoutExpired:
    print(json.dumps({"peer": name, "cells": side * side, "failed": f"no answer in {limit:.0f} s"}))
    sys.exit()
wall = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
result = {"peer": name, "cells": side * side, "process_s": round(wall, 2), "process_cpu_s": round(used.ru_utime + used.ru_stime, 2),
          "peak_bytes_per_cell": round(used.ru_maxrss * 1024 / side**2, 1),
          "peak_mib": round(used.ru_maxrss / 1024, 1)}
if ran.returncode != 0:
    result["failed"] = (ran.stderr.strip().splitlines() or [f"exit {ran.returncode}"])[-1][:200]
print(json.dumps(result | (json.loads(lines[-1]) if lines else {})))
