"""OWSLib and the WMS of a layer, in both versions: capabilities, pictures in every system, what is at a point, legends, refusals."""

import io
import sys

from common import Checks, get, layers, pages, picture_box, skip

try:
    import owslib
    from owslib.util import ServiceException
    from owslib.wms import WebMapService
    from PIL import Image
except ImportError as missing:
    skip(f"{missing.name} is not installed (python3-owslib, python3-pil)")

LAYER = "concessions"
SIZE = (400, 300)


def pixels(picture):
    return Image.open(io.BytesIO(picture.read())).convert("RGBA")


def ink(image):
    return sum(alpha > 0 for alpha in image.getchannel("A").getdata()) / (image.width * image.height)


def agree(one, other):
    """The share of pixels that are inked, or not, in both."""
    pairs = zip(one.getchannel("A").getdata(), other.getchannel("A").getdata(), strict=True)
    return sum((a > 0) == (b > 0) for a, b in pairs) / (one.width * one.height)


def pictures(checks, service, version, box):
    ask = lambda system, bbox, **more: service.getmap(layers=[LAYER], styles=[""], srs=system, bbox=bbox, size=SIZE, format="image/png", transparent=True, **more)
    west, south, east, north = box
    # OWSLib swaps the axes of EPSG:4326 in 1.3.0 by itself
    degrees = pixels(ask("EPSG:4326", box))
    checks.same(degrees.size, SIZE, f"WMS {version}: size")
    checks.that(0.05 < ink(degrees) < 0.99, f"WMS {version}: {ink(degrees):.3f} of the picture has ink")
    if version == "1.3.0":
        checks.that(agree(degrees, pixels(ask("CRS:84", box))) > 0.999, "WMS 1.3.0: CRS:84 and EPSG:4326 show the same place")
    solid = Image.open(io.BytesIO(service.getmap(layers=[LAYER], styles=[""], srs="EPSG:4326", bbox=box, size=SIZE, format="image/png", transparent=False, bgcolor="#102030").read())).convert("RGB")
    corner = min(((solid.getpixel((x, y)), degrees.getpixel((x, y))[3]) for x in range(0, SIZE[0], 7) for y in range(0, SIZE[1], 7)), key=lambda pair: pair[1])
    checks.same(corner, ((16, 32, 48), 0), f"WMS {version}: BGCOLOR where nothing is drawn")
    empty = pixels(ask("EPSG:4326", (10.0, 40.0, 10.1, 40.1)))
    checks.same(ink(empty), 0, f"WMS {version}: nothing is drawn where nothing is")


def at_points(checks, service, version, box, copy):
    west, south, east, north = box
    found = 0
    for x in range(20, SIZE[0], 60):
        for y in range(20, SIZE[1], 60):
            answer = service.getfeatureinfo(
                layers=[LAYER], query_layers=[LAYER], styles=[""], srs="EPSG:4326", bbox=box, size=SIZE, format="image/png", info_format="application/json", xy=(x, y), feature_count=50
            ).read().decode()
            lon, lat = west + (x + 0.5) * (east - west) / SIZE[0], north - (y + 0.5) * (north - south) / SIZE[1]
            here = {feature["id"] for feature in copy if holds(feature["geometry"], lon, lat)}
            checks.that(all(f'"{key}"' in answer for key in here), f"WMS {version}: {sorted(here)} at {x},{y}: {answer[:200]}")
            found += len(here)
    checks.that(found > 10, "points with rights at them")


def holds(geometry, lon, lat):
    lands = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return any(sum(crosses(ring, lon, lat) for ring in land) % 2 for land in lands)


def crosses(ring, lon, lat):
    pairs = zip(ring, ring[1:])
    return sum((y > lat) != (v > lat) and lon < (u - x) * (lat - y) / (v - y) + x for (x, y), (u, v) in pairs) % 2


def refusals(checks, service, version, box):
    for what, asked in (("a layer that is not there", {"layers": ["nada"]}), ("a system that is not there", {"srs": "EPSG:2056"})):
        try:
            service.getmap(**({"layers": [LAYER], "styles": [""], "srs": "EPSG:4326", "bbox": box, "size": SIZE, "format": "image/png"} | asked))
            checks.that(False, f"WMS {version}: {what} is refused")
        except ServiceException:
            checks.that(True, f"WMS {version}: {what} is refused")


def main(base, _folder):
    checks = Checks()
    copy = pages(base, LAYER)
    box = tuple(round(value, 4) for value in picture_box(copy))
    for version in ("1.1.1", "1.3.0"):
        service = WebMapService(f"{base}/wms", version=version)
        checks.same(service.identification.version, version, "version")
        checks.that(set(layers(base)) <= set(service.contents), f"WMS {version}: every layer is told: {sorted(set(layers(base)) - set(service.contents))}")
        told = service[LAYER].boundingBoxWGS84
        checks.that(all(abs(a - b) < 1e-3 for a, b in zip(told, picture_box(copy))), f"WMS {version}: the box that is told: {told}")
        systems = {"EPSG:4326", "EPSG:3857", "EPSG:32717", "EPSG:32718", "EPSG:32719", "EPSG:24877", "EPSG:24878", "EPSG:24879"}
        root = {system for layer in service.contents.values() for system in layer.crsOptions or []}
        checks.that(systems <= root, f"WMS {version}: systems: {sorted(systems - root)}")
        checks.that("image/png" in service.getOperationByName("GetMap").formatOptions, f"WMS {version}: PNG")
        pictures(checks, service, version, box)
        at_points(checks, service, version, box, copy)
        refusals(checks, service, version, box)
        for style in service[LAYER].styles.values():
            status, headers, body = get(style["legend"])
            checks.same((status, headers.get_content_type(), body[:4]), (200, "image/png", b"\x89PNG"), f"WMS {version}: the legend of {style['title']}")
    checks.end(f"OWSLib {owslib.__version__}, WMS")


if __name__ == "__main__":
    main(*sys.argv[1:])
