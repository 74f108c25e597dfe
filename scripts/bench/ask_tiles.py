"""Asks a server for vector tiles round the features of its layers, each tile cold and then warm, and says how long it took.

    ask_tiles.py TUPU STORE [TILES FOR EACH ZOOM]     one JSON line for the start-up, and one for each zoom, layer and turn

Latencies are the client's, over one kept connection on loopback, without packing. Cold: the tile was never made; its edition is ready."""

import http.client
import json
import math
import sqlite3
import struct
import subprocess
import sys
import urllib.parse
import contextlib
import time

from ask_server import free_port, memory, wait_until_ready

ZOOMS = range(5, 15)
READY_LIMIT = 120.0  # seconds


def places(store, layer, count):
    """The north-western corners of the boxes of features, evenly spread: degrees."""
    with contextlib.closing(sqlite3.connect(f"file:{urllib.parse.quote(store)}?mode=ro", uri=True)) as database:
        rows = database.execute(f'SELECT substr(geom, 1, 40) FROM "{layer}" WHERE edition_to IS NULL ORDER BY key').fetchall()
    corners = [struct.unpack("<4d", row[8:40]) for [row] in rows]
    return [(west, north) for west, _, _, north in corners[:: max(1, len(corners) // count)]]


def tile(zoom, lon, lat):
    side = 2**zoom
    column = (lon + 180) / 360 * side
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side
    return int(row), int(column)


def ask(connection, layer, zoom, tiles):
    asked = []
    for row, column in tiles:
        began = time.perf_counter()
        connection.request("GET", f"/collections/{layer}/tiles/WebMercatorQuad/{zoom}/{row}/{column}")
        answer = connection.getresponse()
        body = answer.read()
        asked.append((time.perf_counter() - began, len(body), answer.status))
    return asked


def told(layer, zoom, turn, asked):
    seconds = sorted(second for second, *_ in asked)
    at = lambda share: round(1e3 * seconds[min(len(seconds) - 1, int(share * len(seconds)))], 3)
    return {
        "layer": layer, "zoom": zoom, "turn": turn, "tiles": len(asked), "refused": sum(status not in (200, 204) for *_, status in asked),
        "empty": sum(status == 204 for *_, status in asked), "tiles_per_s": round(len(asked) / sum(seconds)),
        "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "mean_bytes": round(sum(size for _, size, _ in asked) / len(asked)),
    }


def wait_for_sources(connection, layers):
    """Seconds until an edition of each layer answers a tile: what is not ready then is made ready by it."""
    began = time.perf_counter()
    for layer in layers:
        ask(connection, layer, 22, [tile(22, -75.0, -10.0)])
    return time.perf_counter() - began


def main(tupu, store, count="400"):
    port = free_port()
    with subprocess.Popen([tupu, "serve", "--store", store, "--addr", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL) as server:
        try:
            started = wait_until_ready(server, port)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_LIMIT)
            connection.request("GET", "/collections")
            layers = [each["id"] for each in json.loads(connection.getresponse().read())["collections"]]
            ready = wait_for_sources(connection, layers)
            print(json.dumps({"start_up_s": started, "tiles_ready_s": ready, **memory(server)}), flush=True)
            for layer in layers:
                corners = places(store, layer, int(count))
                for zoom in ZOOMS:
                    tiles = sorted({tile(zoom, *corner) for corner in corners})
                    for turn in ("cold", "warm"):
                        print(json.dumps(told(layer, zoom, turn, ask(connection, layer, zoom, tiles))), flush=True)
            print(json.dumps(memory(server)), flush=True)
        finally:
            server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
