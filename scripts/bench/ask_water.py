"""Asks a server what lies upstream of every spring and at random points of a drainage model, one after another, and says how long it took.

    ask_water.py TUPU STORE [POINTS]   one JSON line: seconds until the models are ready, milliseconds of each kind of question

The store has a drainage model and springs. Latencies are the client's, over one kept connection on loopback."""

import http.client
import json
import random
import subprocess
import sys
import time
import urllib.parse

from ask_server import free_port, keys, wait_until_ready


def frame(store):
    import contextlib
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"file:{urllib.parse.quote(store)}?mode=ro", uri=True)) as database:
        return database.execute("SELECT min(minx), min(miny), max(maxx), max(maxy) FROM rtree_drainage_geom").fetchone()


def ask(connection, path):
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, (time.perf_counter() - began) * 1e3, body


def spread(times):
    times = sorted(times)
    at = lambda part: times[min(len(times) - 1, len(times) * part // 100)]
    return {"asked": len(times), "median_ms": round(at(50), 2), "p99_ms": round(at(99), 2), "most_ms": round(times[-1], 2)}


def main():
    tupu, store = sys.argv[1:3]
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    port = free_port()
    server = subprocess.Popen([tupu, "serve", "--store", store, "--addr", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(server, port)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        west, south, east, north = frame(store)
        middle = f"point={(west + east) / 2:.6f},{(south + north) / 2:.6f}"
        began = time.perf_counter()
        while ask(connection, f"/upstream?{middle}")[0] == 503:
            time.sleep(0.02)
        told = {"ready_s": round(time.perf_counter() - began, 2)}
        springs = [f"feature=springs/{urllib.parse.quote(key)}" for key in keys(store, "springs")]
        dice = random.Random(5)
        places = [f"point={dice.uniform(west, east):.6f},{dice.uniform(south, north):.6f}&snap=5000" for _ in range(points)]
        for name, address, asked in [
            ("springs_upstream", "/upstream", springs * (1 + 1000 // max(1, len(springs)))),
            ("points_upstream", "/upstream", places),
            ("points_downstream", "/downstream", places),
            ("points_watershed", "/watershed", places[:200]),
        ]:
            answers = [ask(connection, f"{address}?{place}") for place in asked]
            refused = sum(status != 200 for status, _, _ in answers)
            told[name] = spread([spent for _, spent, _ in answers]) | {"refused": refused}
        print(json.dumps(told))
    finally:
        server.terminate()
        server.wait()


main()
