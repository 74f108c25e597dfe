"""Sheets of layers: GDAL unites each class, cuts it at the frame that the answer states, and GeographicLib measures it; the legend says the same."""

import re
import sys
import urllib.parse
import xml.etree.ElementTree as xml

from common import Checks, get, pages, skip

try:
    import json

    from osgeo import ogr, osr
    from pyproj import Geod
except ImportError:
    skip("python3-gdal or python3-pyproj is not installed")

ogr.UseExceptions()
GEOD = Geod(ellps="WGS84")
STEP = 50.0  # metres: edges that are straight in the zone are no geodesics
SVG = "{http://www.w3.org/2000/svg}"
# how each class begins in the legend, and which features are of it
ZONES = {"Zonas productivas": "a", "Zonas de protección": "b", "Zonas de tratamiento": "c", "Zonas de recuperación": "d", "Zonas urbanas": "e"}
RIGHTS = {"Derecho minero titulado": "titulado", "Derecho minero en trámite": "tramite", "Derecho minero extinguido": "extinguido"}


def system(code):
    found = osr.SpatialReference()
    found.ImportFromEPSG(code)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


def sheet(base, **asked):
    """Words of a sheet in the order in which they are drawn, its frame in metres and the code of its system."""
    status, headers, body = get(f"{base}/map?{urllib.parse.urlencode({'collections': 'zoning,concessions', 'f': 'svg'} | asked)}")
    if status != 200:
        raise RuntimeError(f"{status}: {body[:300]}")
    words = [(each.text or "").replace("\u00a0", " ") for each in xml.fromstring(body).iter(f"{SVG}text")]
    frame = [float(side) for side in headers["Content-Bbox"].split(",")]
    return words, frame, int(re.search(r"(\d+)>$", headers["Content-Crs"]).group(1))


def figures(words):
    """The figure before each class: hectares by the first line of its words."""
    found = {}
    for figure, name in zip(words, words[1:]):
        number = re.fullmatch(r"([\d ]+(?:\.\d+)?) ha", figure)
        if number:
            found[name] = number.group(1).replace(" ", "")
    return found


def measured(features, frame, code):
    """Geodesic hectares of what features cover together within a frame."""
    way = osr.CoordinateTransformation(system(4326), system(code))
    back = osr.CoordinateTransformation(system(code), system(4326))
    united = None
    for feature in features:
        land = ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))
        land.Transform(way)
        united = land if united is None else united.Union(land)
    if united is None:
        return 0.0
    west, south, east, north = frame
    rim = ogr.CreateGeometryFromWkt(f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
    cut = united.Intersection(rim)
    if cut.IsEmpty():
        return 0.0
    cut.Segmentize(STEP)
    cut.Transform(back)
    parts = [cut] if cut.GetGeometryType() == ogr.wkbPolygon else [cut.GetGeometryRef(at) for at in range(cut.GetGeometryCount())]
    return sum(ring_hectares(part) for part in parts if part.GetGeometryType() == ogr.wkbPolygon)


def ring_hectares(polygon):
    rings = [polygon.GetGeometryRef(at).GetPoints() for at in range(polygon.GetGeometryCount())]
    areas = [abs(GEOD.polygon_area_perimeter([point[0] for point in ring], [point[1] for point in ring])[0]) for ring in rings]
    return (areas[0] - sum(areas[1:])) / 10_000.0


def agree(checks, what, base, copies, **asked):
    words, frame, code = sheet(base, **asked)
    found = figures(words)
    compared = 0
    for layer, field, classes in (("zoning", "category", ZONES), ("concessions", "state_group", RIGHTS)):
        for name, value in classes.items():
            own = [feature for feature in copies[layer] if feature["properties"][field] == value]
            hectares = measured(own, frame, code)
            said = next((figure for words, figure in found.items() if words.startswith(name)), None)
            if hectares < 1e-6:
                checks.same(said, None, f"{what}: {name} is not in the frame")
                continue
            checks.that(said is not None, f"{what}: {name} is in the legend: {sorted(found)}")
            half = 0.5 * 10.0 ** -(len(said.partition(".")[2]))
            checks.that(abs(float(said) - hectares) <= half + hectares * 1e-6 + 1e-3, f"{what}: {name}: {said} ha and {hectares:.4f} by GDAL")
            compared += 1
    checks.that(compared > 1, f"{what}: {compared} classes compared")


def main(base, _folder):
    checks = Checks()
    copies = {layer: pages(base, layer) for layer in ("zoning", "concessions")}
    agree(checks, "A4", base, copies, paper="a4")
    agree(checks, "A3 in the next zone", base, copies, paper="a3", crs="EPSG:32719")
    agree(checks, "a part at 1:25 000", base, copies, paper="a4", scale=25000, bbox="-72.08,-13.42,-72.06,-13.40")
    agree(checks, "A1 at 1:15 000", base, copies, paper="a1", scale=15000, bbox="-72.10,-13.43,-72.05,-13.39")
    checks.end("sheets measured by GDAL and GeographicLib")


if __name__ == "__main__":
    main(*sys.argv[1:])
