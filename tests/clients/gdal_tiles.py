"""GDAL's MVT driver and the copy of a layer: every feature is in the tiles that it meets, where it is, at a zoom without thinning."""

import json
import math
import sys

from common import Checks, get, get_json, layers, pages, picture_box, skip

try:
    from osgeo import gdal, ogr, osr
except ImportError:
    skip("python3-gdal is not installed")

WHOLE = 14  # a zoom at which no vertex is left out
SMALL = 6  # one at which most features are smaller than a pixel
WORLD = 2 * math.pi * 6378137
UNITS = 4096
HALF_DIAGONAL = math.sqrt(0.5)


def tile_at(zoom, lon, lat):
    side = 2**zoom
    return int((lon + 180) / 360 * side), int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)


def tiles_of(zoom, box):
    west, south, east, north = box
    left, top = tile_at(zoom, west, north)
    right, bottom = tile_at(zoom, east, south)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def square(zoom, x, y):
    side = WORLD / 2**zoom
    west, north = x * side - WORLD / 2, WORLD / 2 - y * side
    return ogr.CreateGeometryFromWkt(f"POLYGON(({west} {north},{west + side} {north},{west + side} {north - side},{west} {north - side},{west} {north}))")


def open_tile(base, zoom, x, y, layer=None):
    """The layers of a tile as GDAL reads them: name → key → geometries in metres; none for an empty tile."""
    path = f"collections/{layer}/tiles" if layer else "tiles"
    url = f"{base}/{path}/WebMercatorQuad/{zoom}/{y}/{x}?f=mvt"
    status, _, _ = get(url)
    if status == 204:
        return {}
    source = gdal.OpenEx(f"MVT:{url}", gdal.OF_VECTOR, open_options=[f"X={x}", f"Y={y}", f"Z={zoom}", "CLIP=YES"])
    found = {}
    for index in range(source.GetLayerCount()):
        read = source.GetLayer(index)
        keys = found.setdefault(read.GetName(), {})
        for feature in read:
            keys.setdefault(feature.GetField("key"), []).append(feature.GetGeometryRef().Clone())
    return found


def moved(copy):
    degrees, metres = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    metres.ImportFromEPSG(3857)
    way = osr.CoordinateTransformation(degrees, metres)
    made = {}
    for feature in copy:
        made[feature["id"]] = ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))
        made[feature["id"]].Transform(way)
    return made


def together(parts):
    made = parts[0].Clone()
    for part in parts[1:]:
        made = made.Union(part)
    return made


def close(found, expected, square_, unit):
    """Whether neither goes further than a unit beyond the other, inside the tile and away from its edge."""
    inner = square_.Buffer(-2 * unit)
    here, there = together(found).Intersection(inner), expected.Intersection(inner)
    reach = unit * (0.5 + HALF_DIAGONAL)
    return here.Difference(expected.Buffer(reach)).IsEmpty() and there.Difference(together(found).Buffer(reach)).IsEmpty()


def whole(checks, base, name, copy):
    """Each tile of the layer at a zoom without thinning, feature by feature."""
    unit = WORLD / 2**WHOLE / UNITS
    lands = moved(copy)
    tiles = tiles_of(WHOLE, picture_box(copy))
    for x, y in tiles[:: max(1, len(tiles) // 16)]:
        box = square(WHOLE, x, y)
        inner = box.Buffer(-2 * unit)
        found = open_tile(base, WHOLE, x, y, name).get(name, {})
        needed = {key for key, land in lands.items() if land.Intersects(inner)}
        allowed = {key for key, land in lands.items() if land.Intersects(box.Buffer(66 * unit))}
        checks.that(needed <= set(found) <= allowed, f"{name} {WHOLE}/{y}/{x}: missing {sorted(needed - set(found))[:5]}, too many {sorted(set(found) - allowed)[:5]}")
        wrong = [key for key in needed & set(found) if not close(found[key], lands[key], box, unit)]
        checks.that(not wrong, f"{name} {WHOLE}/{y}/{x}: elsewhere by more than a unit: {wrong[:5]}")


def none_lost(checks, base, copies):
    """At a zoom where most are smaller than a pixel, every feature of every layer is there, in one tile of all layers."""
    seen = {}
    everything = [feature for copy in copies.values() for feature in copy]
    for x, y in tiles_of(SMALL, picture_box(everything)):
        for name, keys in open_tile(base, SMALL, x, y).items():
            seen.setdefault(name, set()).update(keys)
    for name, copy in copies.items():
        checks.same(sorted(seen.get(name, ())), sorted(feature["id"] for feature in copy), f"{name} at zoom {SMALL}: keys")


def told(checks, base, copies):
    """TileJSON tells the truth: names, fields, bounds, and addresses that answer."""
    about = get_json(f"{base}/tiles/WebMercatorQuad?f=tilejson")
    checks.same([each["id"] for each in about["vector_layers"]], list(copies), "vector_layers")
    west, south, east, north = picture_box([feature for copy in copies.values() for feature in copy])
    w, s, e, n = about["bounds"]
    checks.that(w <= west and s <= south and e >= east and n >= north, f"bounds {about['bounds']} hold {west, south, east, north}")
    x, y = tile_at(WHOLE, (west + east) / 2, (south + north) / 2)
    url = about["tiles"][0].replace("{z}", str(WHOLE)).replace("{x}", str(x)).replace("{y}", str(y))
    status, headers, body = get(url)
    checks.same((status, headers.get_content_type()), (200, "application/vnd.mapbox-vector-tile"), url)
    checks.that(len(body) > 0, "a tile with something in it")


def main(base, _folder):
    gdal.UseExceptions()
    checks = Checks()
    copies = {name: pages(base, name) for name in layers(base)}
    for name, copy in copies.items():
        whole(checks, base, name, copy)
    none_lost(checks, base, copies)
    told(checks, base, copies)
    checks.end(f"GDAL {gdal.__version__}, MVT")


if __name__ == "__main__":
    main(*sys.argv[1:])
