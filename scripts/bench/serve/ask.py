"""Questions for the servers: which tiles, boxes, filters and pictures are asked for, alike for every peer."""

import json
import math
import random
import socket
import sqlite3
import struct
import contextlib
import urllib.parse

WORLD = 2 * math.pi * 6378137
PAGE = 100  # features on a page, and the most that a box may meet
PICTURE = 512  # pixels a side


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def boxes(package, layer):
    """Key and box (degrees: west, south, east, north) of every feature of a GeoPackage, in the order of keys."""
    with contextlib.closing(sqlite3.connect(f"file:{urllib.parse.quote(str(package))}?mode=ro", uri=True)) as database:
        column = database.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)).fetchone()[0]
        rows = database.execute(f'SELECT key, substr("{column}", 1, 40) FROM "{layer}" ORDER BY key').fetchall()
    found = []
    for key, head in rows:
        west, east, south, north = struct.unpack("<4d", head[8:40])
        found.append((key, (west, south, east, north)))
    return found


def tile(zoom, lon, lat):
    side = 2**zoom
    return int((lon + 180) / 360 * side), int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)


def tiles(found, zoom, most, dice):
    """Tiles in which features are, each once, in an order by chance."""
    every = sorted({tile(zoom, (west + east) / 2, (south + north) / 2) for _, (west, south, east, north) in found})
    return dice.sample(every, min(most, len(every)))


def metres(lon, lat):
    return math.radians(lon) * 6378137, math.asinh(math.tan(math.radians(lat))) * 6378137


def some_boxes(found, count, dice, share=0.05):
    """Boxes round features by chance, that meet from one feature to a page of them (by their boxes)."""
    asked = []
    while len(asked) < count:
        _, (west, south, east, north) = dice.choice(found)
        x, y, half = (west + east) / 2, (south + north) / 2, dice.uniform(0.2, 1.0) * share
        box = (round(x - half, 6), round(y - half, 6), round(x + half, 6), round(y + half, 6))
        met = sum(w <= box[2] and e >= box[0] and s <= box[3] and n >= box[1] for _, (w, s, e, n) in found)
        if 1 <= met <= PAGE:
            asked.append(box)
        elif met > PAGE:
            share *= 0.97
    return asked


def triangle(box):
    """A slanting triangle in the box: a filter that a box alone does not answer."""
    west, south, east, north = box
    return f"POLYGON(({west} {south},{east} {round(south + (north - south) / 3, 6)},{round(west + (east - west) / 2, 6)} {north},{west} {south}))"


def items_path(server, layer, box=None, filter_=None):
    asked = {"limit": PAGE}
    if box:
        asked["bbox"] = ",".join(map(str, box))
    if filter_:
        asked |= {"filter": filter_, "filter-lang": "cql2-text"}
    name = f"features.{layer}" if server == "tipg" else layer
    asked |= {"f": "geojson"} if server == "tipg" else {"f": "json"}
    return f"/collections/{name}/items?{urllib.parse.urlencode(asked)}"


def tile_path(server, layer, zoom, x, y):
    paths = {"martin": f"/{layer}/{zoom}/{x}/{y}", "tipg": f"/collections/tiles.{layer}/tiles/WebMercatorQuad/{zoom}/{x}/{y}"}
    return paths.get(server, f"/collections/{layer}/tiles/WebMercatorQuad/{zoom}/{y}/{x}")


def picture_path(server, layer, box, size=PICTURE):
    asked = {
        "SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetMap", "LAYERS": layer, "STYLES": "no-names" if server == "tupu" else "", "CRS": "EPSG:3857", "BBOX": ",".join(f"{value:.3f}" for value in box),
        "WIDTH": size, "HEIGHT": size, "FORMAT": "image/png", "TRANSPARENT": "TRUE",
    }
    return f"/wms?{urllib.parse.urlencode(asked)}"


def square(zoom, x, y):
    """The box of a tile in metres."""
    side = WORLD / 2**zoom
    return x * side - WORLD / 2, WORLD / 2 - (y + 1) * side, (x + 1) * side - WORLD / 2, WORLD / 2 - y * side


def picture_box(zoom, x, y):
    """The box in metres of a picture at the scale of a zoom, whose south-western corner is that of a tile."""
    west, south, _, _ = square(zoom, x, y)
    side = WORLD / 2**zoom * PICTURE / 256
    return west, south, west + side, south + side


def dice(*seed):
    return random.Random(json.dumps(seed))
