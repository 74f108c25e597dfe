"""OWSLib and WMS, in both versions: what there is, maps in every system, points, refusals."""

import json
import sys

from common import Checks, layers, skip

try:
    from osgeo import gdal
    from owslib.util import ServiceException
    from owslib.wms import WebMapService
except ImportError:
    skip("python3-owslib or python3-gdal is not installed")

SIZE = (300, 200)


def opacity(reply):
    """The opacity of each pixel of a PNG, by rows."""
    gdal.FileFromMemBuffer("/vsimem/map.png", reply.read())
    picture = gdal.Open("/vsimem/map.png")
    if picture.RasterCount == 1 and picture.GetRasterBand(1).GetColorTable():
        picture = gdal.Translate("", picture, format="MEM", rgbExpand="rgba")
    band = picture.GetRasterBand(picture.RasterCount).ReadRaster()
    wide = picture.RasterXSize
    return [band[at : at + wide] for at in range(0, len(band), wide)]


def drawn(rows):
    """Least and greatest column and row that are drawn."""
    places = [(x, y) for y, row in enumerate(rows) for x, value in enumerate(row) if value > 40]
    return places and [min(x for x, _ in places), min(y for _, y in places), max(x for x, _ in places), max(y for _, y in places)]


def of_version(checks, base, version):
    wms = WebMapService(f"{base}/wms", version=version)
    checks.same(sorted(wms.contents), sorted(layers(base)), f"{version}: layers")
    maps = {}
    for name, about in wms.contents.items():
        west, south, east, north = about.boundingBoxWGS84
        checks.that(west <= east and south <= north, f"{version} {name}: a box")
        checks.that(about.timepositions or "time" in getattr(about, "dimensions", ()), f"{version} {name}: times")
        checks.that(all(style.get("legend") for style in about.styles.values()), f"{version} {name}: legends")
        # a single point has a box too
        box = (west - 0.01, south - 0.01, east + 0.01, north + 0.01)
        asked = {"layers": [name], "styles": ["no-names"], "bbox": box, "size": SIZE, "format": "image/png", "transparent": True}
        maps[name] = opacity(wms.getmap(srs="EPSG:4326", **asked))
        checks.that(drawn(maps[name]), f"{version} {name}: something is drawn")
        checks.same((len(maps[name][0]), len(maps[name])), SIZE, f"{version} {name}: size")
        info = wms.getfeatureinfo(**(asked | {"srs": "EPSG:4326", "query_layers": [name], "info_format": "application/json", "xy": (150, 100)}))
        checks.same(json.loads(info.read())["consulted"][0]["layer"], name, f"{version} {name}: what was consulted")
    box = wms.contents["concessions"].boundingBoxWGS84
    try:
        wms.getmap(layers=["nothing"], styles=[""], srs="EPSG:4326", bbox=box, size=(9, 9), format="image/png")
        checks.that(False, f"{version}: an unknown layer is refused")
    except ServiceException as refused:
        checks.that("nothing" in str(refused), f"{version}: the refusal names the layer")
    return maps


def main(base, _folder):
    checks = Checks()
    newer, older = (of_version(checks, base, version) for version in ("1.3.0", "1.1.1"))
    for name in newer:
        checks.that(newer[name] == older[name], f"{name}: both versions draw the same")
    checks.end("owslib_wms")


if __name__ == "__main__":
    main(*sys.argv[1:3])
