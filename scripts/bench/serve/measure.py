"""Measures us beside martin, MapServer, pygeoapi and tipg over HTTP: the servers on one core, the load on the other.

    measure.py --tupu T --store S --packages FOLDER --work FOLDER --database HOST:PORT --python P [--martin M] [--set NAME] [--layers a,b] [--seconds 5] [--small]

JSON lines go to stdout: proofs that both serve the same, then a line for each load; a Markdown table of ratios to stderr at the end.
Cold: every tile or page is asked for once by a server that was just started. Warm: the same ones again and again."""

import argparse
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys

import ask
import peers
import proof

LOAD_CORE = 1
CONCURRENT = (1, 8, 32)
HERE = pathlib.Path(__file__).resolve().parent
ZOOMS = (14, 11, 8)  # of tiles
VIEWS = (13, 10)  # of pictures
PROVED_ZOOM = 14
GOALS = {("tiles", "cold"): 2, ("tiles", "warm"): 1, ("pictures", "warm"): 3, ("pictures", "cold"): 3, ("pages", "warm"): 20, ("filters", "warm"): 10}
COLD_LIMIT = 180  # seconds


class Case:
    """What is served, and by which programs."""

    def __init__(self, asked):
        self.tupu, self.store, self.python, self.martin = asked.tupu, asked.store, asked.python, asked.martin
        self.name, self.layers, self.seconds = asked.set, asked.layers.split(","), asked.seconds
        self.work, self.packages = pathlib.Path(asked.work), pathlib.Path(asked.packages)
        self.host, self.database_port = asked.database.split(":")
        self.count = 60 if asked.small else 2000
        self.concurrent = (1, 8) if asked.small else CONCURRENT

    def database(self, _who):
        return f"postgresql://bench@{self.host}:{self.database_port}/postgres"

    def boxes(self, layer):
        return ask.boxes(self.packages / f"{layer}.gpkg", layer)


def say(line):
    print(json.dumps(line), flush=True)
    return line


def load(case, server, paths, concurrent, turn):
    """One load: wrk on its own core; its figures."""
    listed, result = case.work / "addresses.txt", case.work / "load.json"
    listed.write_text("\n".join(paths) + "\n")
    result.unlink(missing_ok=True)
    limit = COLD_LIMIT if turn == "cold" else case.seconds
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{concurrent}", f"-d{limit}s", "--timeout", "60s", "-s", HERE / "load.lua", server.base, "--"]
    subprocess.run([*map(str, command), str(listed), "once" if turn == "cold" else "round"], env=os.environ | {"LOAD_RESULT": str(result)}, check=True, stdout=subprocess.DEVNULL)
    return json.loads(result.read_text())


def body_bytes(server, paths):
    """What an answer weighs without its headers, unpacked: the mean of some."""
    some = paths[:: max(1, len(paths) // 50)]
    return round(sum(len(proof.get(server.base + path)[1]) for path in some) / len(some))


def told(case, what, server, paths, figures, **more):
    rate = figures["requests"] / figures["seconds"]
    line = {"set": case.name, "what": what, "server": server.name, **more, "per_s": round(rate, 1), "body_bytes": body_bytes(server, paths), "wire_bytes": round(figures["bytes"] / max(1, figures["requests"]))}
    line |= {name: figures[name] for name in ("p50_ms", "p95_ms", "p99_ms", "max_ms", "requests", "errors")}
    return say(line | {"start_s": server.start_s, "rss_mb": server.memory_mb()})


def cold_and_warm(case, what, start, paths_of, first_of, **more):
    """Cold, with a new server for each number of connections, and then warm. One question elsewhere goes before: layers and databases are open."""
    lines = []
    for concurrent in case.concurrent:
        with start(case) as server:
            paths = paths_of(server.name)
            proof.get(server.base + first_of(server.name))
            lines.append(told(case, what, server, paths, load(case, server, paths, concurrent, "cold"), turn="cold", concurrent=concurrent, **more))
            lines.append(told(case, what, server, paths, load(case, server, paths, concurrent, "warm"), turn="warm", concurrent=concurrent, **more))
    return lines


def warm(case, what, start, paths_of, **more):
    """Each page once, unmeasured; then the load."""
    lines = []
    with start(case) as server:
        paths = paths_of(server.name)
        load(case, server, paths[:200], 1, "cold")
        for concurrent in case.concurrent:
            lines.append(told(case, what, server, paths, load(case, server, paths, concurrent, "warm"), turn="warm", concurrent=concurrent, **more))
    return lines


def tiles(case):
    lines = []
    if not case.martin:
        print("SKIPPED: there is no martin; tipg is asked for tiles in its place", file=sys.stderr)
    other = peers.martin if case.martin else peers.tipg
    for layer in case.layers:
        found = case.boxes(layer)
        proved = ask.tiles(found, PROVED_ZOOM, 20 if case.count < 100 else 200, ask.dice(case.name, "proof"))
        with peers.ours(case) as ours, other(case) as peer:
            say({"set": case.name} | proof.same_tiles(ours, peer, layer, PROVED_ZOOM, proved))
        for zoom, start in itertools.product(ZOOMS, (peers.ours, other)):
            places = ask.tiles(found, zoom, case.count, ask.dice(case.name, layer, zoom))
            paths_of = lambda name: [ask.tile_path(name, layer, zoom, x, y) for x, y in places]
            lines += cold_and_warm(case, "tiles", start, paths_of, lambda name: ask.tile_path(name, layer, 18, 0, 0), layer=layer, zoom=zoom)
    return lines


def questions(case, kind):
    """Pages of a box, or those of a filter by a triangle."""
    layer = case.layers[0]
    boxes = ask.some_boxes(case.boxes(layer), min(case.count, 400), ask.dice(case.name, kind))
    if kind == "pages":
        return lambda name: [ask.items_path(name, layer, box=box) for box in boxes]
    return lambda name: [ask.items_path(name, layer, filter_=f"S_INTERSECTS(geometry,{ask.triangle(box)})") for box in boxes]


def items(case):
    lines = []
    for kind in ("pages", "filters"):
        paths_of = questions(case, kind)
        for start in (peers.pygeoapi, peers.tipg):
            if kind == "filters" and start is peers.pygeoapi:
                continue
            with peers.ours(case) as ours, start(case) as peer:
                pairs = list(zip(paths_of("tupu"), paths_of(peer.name)))[: 20 if case.count < 100 else 100]
                say({"set": case.name} | proof.same_items(ours, peer, pairs, kind))
            lines += warm(case, kind, start, paths_of)
        lines += warm(case, kind, peers.ours, paths_of)
    return lines


def pictures(case):
    lines = []
    with peers.ours(case) as ours:
        if proof.get(f"{ours.base}/wms?SERVICE=WMS&REQUEST=GetCapabilities")[0] != 200:
            print("SKIPPED: WMS is not served", file=sys.stderr)
            return lines
    for layer in case.layers:
        for zoom in VIEWS:
            places = ask.tiles(case.boxes(layer), zoom, min(case.count, 400), ask.dice(case.name, layer, "pictures", zoom))
            paths_of = lambda name: [ask.picture_path(name, layer, ask.picture_box(zoom, x, y)) for x, y in places]
            with peers.ours(case) as ours, peers.mapserver(case) as mapserver:
                say({"set": case.name, "layer": layer, "zoom": zoom} | proof.same_pictures(ours, mapserver, list(zip(paths_of(ours.name), paths_of(mapserver.name)))[:20]))
            for start in (peers.ours, peers.mapserver):
                lines += cold_and_warm(case, "pictures", start, paths_of, lambda name: ask.picture_path(name, layer, (0, 0, 100, 100)), layer=layer, zoom=zoom)
    return lines


def ratios(lines):
    """Us beside each peer, with what was aimed at."""
    same = lambda line: tuple(line.get(name) for name in ("set", "what", "layer", "zoom", "turn", "concurrent"))
    ours = {same(line): line for line in lines if line["server"] == "tupu"}
    rows = ["| set | what | turn | connections | peer | ours/s | peer/s | ratio | goal | ours p50 · p95 · p99 ms | peer p50 · p95 · p99 ms | bytes ours · peer | errors |", "|" + "---|" * 13]
    for line in (line for line in lines if line["server"] != "tupu"):
        us = ours.get(same(line))
        if us is None:
            continue
        what = " ".join(str(part) for part in (line["what"], line.get("layer", ""), f"z{line['zoom']}" if "zoom" in line else "") if part)
        times = lambda one: " · ".join(f"{one[name]:.2f}" for name in ("p50_ms", "p95_ms", "p99_ms"))
        goal = GOALS.get((line["what"], line["turn"]), "")
        goal = "" if (line["what"], line["server"]) == ("pages", "tipg") else f"≥ {goal}" if goal else ""
        rows.append(
            f"| {line['set']} | {what} | {line['turn']} | {line['concurrent']} | {line['server']} | {us['per_s']:.0f} | {line['per_s']:.0f} | {us['per_s'] / line['per_s']:.1f}× | {goal} "
            f"| {times(us)} | {times(line)} | {us['body_bytes']} · {line['body_bytes']} | {us['errors']} · {line['errors']} |"
        )
    return "\n".join(rows)


def main():
    reader = argparse.ArgumentParser()
    for name in ("tupu", "store", "packages", "work", "database", "python"):
        reader.add_argument(f"--{name}", required=True)
    reader.add_argument("--martin", default=shutil.which("martin"))
    reader.add_argument("--set", default="national")
    reader.add_argument("--layers", default="concessions")
    reader.add_argument("--only", default="tiles,items,pictures")
    reader.add_argument("--seconds", type=int, default=5)
    reader.add_argument("--small", action="store_true")
    case = Case(asked := reader.parse_args())
    case.work.mkdir(parents=True, exist_ok=True)
    parts = {"tiles": tiles, "items": items, "pictures": pictures}
    lines = [line for name in asked.only.split(",") for line in parts[name](case)]
    print(ratios(lines), file=sys.stderr)
    if any(line["errors"] for line in lines):
        raise SystemExit("there were errors: see the lines above")


if __name__ == "__main__":
    main()
