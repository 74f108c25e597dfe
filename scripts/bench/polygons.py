"""Multipolygons in metres as plain little-endian bytes, for every engine of the benchmark.

    u32 features; per feature u32 polygons; per polygon u32 rings (the first is the exterior);
    per ring u32 vertices (closed: the last repeats the first), then as many pairs of f64 x, y
"""

import struct

import numpy as np
import shapely

GRID = 1e-4  # metres: coordinates are rounded to 0.1 mm


def on_grid(coords):
    """Metres rounded to 0.1 mm."""
    return np.round(np.asarray(coords) / GRID) / round(1 / GRID)


def write(path, geometries):
    """Writes valid polygons or multipolygons."""
    with open(path, "wb") as out:
        out.write(struct.pack("<I", len(geometries)))
        for geometry in geometries:
            parts = shapely.get_parts(geometry)
            out.write(struct.pack("<I", len(parts)))
            for part in parts:
                rings = [part.exterior, *part.interiors]
                out.write(struct.pack("<I", len(rings)))
                for ring in rings:
                    coords = shapely.get_coordinates(ring).astype("<f8")
                    out.write(struct.pack("<I", len(coords)))
                    out.write(coords.tobytes())


def read(path):
    """The file's multipolygons (polygons where there is one part only), as a numpy array of shapely geometries."""
    with open(path, "rb") as source:
        data = source.read()
    at = 0

    def count():
        nonlocal at
        at += 4
        return struct.unpack_from("<I", data, at - 4)[0]

    def ring():
        nonlocal at
        n = count()
        coords = np.frombuffer(data, "<f8", 2 * n, at).reshape(n, 2)
        at += 16 * n
        return shapely.linearrings(coords)

    def polygon():
        exterior, *holes = [ring() for _ in range(count())]
        return shapely.polygons(exterior, holes=holes or None)

    def feature():
        parts = [polygon() for _ in range(count())]
        return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)

    geometries = np.array([feature() for _ in range(count())], dtype=object)
    if at != len(data):
        raise ValueError(f"{path}: {len(data) - at} bytes after the last feature")
    return geometries
