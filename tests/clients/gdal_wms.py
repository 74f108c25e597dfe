"""GDAL's WMS driver, in both versions and both orders of axes: what it reads lies where it lies in the features."""

import sys

from common import Checks, layers, pages, picture_box, skip

try:
    from osgeo import gdal
except ImportError:
    skip("python3-gdal is not installed")

gdal.UseExceptions()
SIDE = 400
EDGE = 20  # pixels round the features
SLACK = 6  # pixels that a line or a point's sign is wide


def read(base, layer, version, box):
    """The box of pixels that are drawn."""
    west, south, east, north = box
    system, order = ("CRS", "yxYX") if version == "1.3.0" else ("SRS", "xyXY")
    source = gdal.Open(
        f"<GDAL_WMS><Service name='WMS'><Version>{version}</Version><ServerUrl>{base}/wms?</ServerUrl><{system}>EPSG:4326</{system}>"
        f"<ImageFormat>image/png</ImageFormat><Layers>{layer}</Layers><Styles>no-names</Styles><Transparent>TRUE</Transparent>"
        f"<BBoxOrder>{order}</BBoxOrder></Service><DataWindow><UpperLeftX>{west}</UpperLeftX><UpperLeftY>{north}</UpperLeftY>"
        f"<LowerRightX>{east}</LowerRightX><LowerRightY>{south}</LowerRightY><SizeX>{SIDE}</SizeX><SizeY>{SIDE}</SizeY></DataWindow>"
        "<Projection>EPSG:4326</Projection><BandsCount>4</BandsCount></GDAL_WMS>"
    )
    band = source.GetRasterBand(4).ReadRaster()
    places = [divmod(at, SIDE)[::-1] for at, value in enumerate(band) if value > 40]
    return places and [min(x for x, _ in places), min(y for _, y in places), max(x for x, _ in places), max(y for _, y in places)]


def main(base, _folder):
    checks = Checks()
    for layer in layers(base):
        west, south, east, north = picture_box(pages(base, layer))
        part = EDGE / (SIDE - 2 * EDGE)
        wide, high = max(east - west, 0.01) * part, max(north - south, 0.01) * part
        box = west - wide, south - high, east + wide, north + high
        expected = [(west - box[0]) / (box[2] - box[0]) * SIDE, (box[3] - north) / (box[3] - box[1]) * SIDE,
                    (east - box[0]) / (box[2] - box[0]) * SIDE, (box[3] - south) / (box[3] - box[1]) * SIDE]
        for version in ("1.3.0", "1.1.1"):
            found = read(base, layer, version, box)
            near = bool(found) and all(abs(one - other) <= SLACK for one, other in zip(found, expected))
            checks.that(near, f"{layer} {version}: drawn at {found} instead of {[round(side) for side in expected]}")
    checks.end("gdal_wms")


if __name__ == "__main__":
    main(*sys.argv[1:3])
