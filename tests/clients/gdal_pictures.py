"""GDAL's WMS driver reads a layer as pictures, in several systems, and finds ink where GEOS finds the features."""

import json
import sys

from common import Checks, layers, pages, picture_box, skip

try:
    import numpy
    from osgeo import gdal, ogr, osr
except ImportError as missing:
    skip(f"{missing.name} is not installed (python3-gdal, python3-numpy)")

LAYER = "concessions"
HATCHED = "extinguido"  # the rights that are drawn by lines alone, near by
WIDTH = 512
PLAN = """<GDAL_WMS>
  <Service name="WMS"><Version>{version}</Version><ServerUrl>{base}/wms?</ServerUrl><{key}>{system}</{key}><ImageFormat>image/png</ImageFormat>
    <Transparent>TRUE</Transparent><Layers>{layer}</Layers><Styles></Styles>{order}</Service>
  <DataWindow><UpperLeftX>{west}</UpperLeftX><UpperLeftY>{north}</UpperLeftY><LowerRightX>{east}</LowerRightX><LowerRightY>{south}</LowerRightY><SizeX>{width}</SizeX><SizeY>{height}</SizeY></DataWindow>
  <Projection>{system}</Projection><BandsCount>4</BandsCount><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>
</GDAL_WMS>"""


def plain(code):
    system = osr.SpatialReference()
    system.ImportFromEPSG(code)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


def moved(copy, code):
    way = osr.CoordinateTransformation(plain(4326), plain(code))
    made = [ogr.CreateGeometryFromJson(json.dumps(feature["geometry"])) for feature in copy]
    for geometry in made:
        geometry.Transform(way)
    return made


def box_of(geometries):
    boxes = [geometry.GetEnvelope() for geometry in geometries]
    wests, easts, souths, norths = zip(*boxes)
    return min(wests), min(souths), max(easts), max(norths)


def expected(geometries, filled, code, source):
    """Where the features are, on the pixels of a picture: 1 well inside one that is filled, 0 well outside all, 2 elsewhere."""
    pixel = source.GetGeoTransform()[1]
    target = gdal.GetDriverByName("MEM").Create("", source.RasterXSize, source.RasterYSize, 1, gdal.GDT_Byte)
    target.SetGeoTransform(source.GetGeoTransform())
    target.SetProjection(plain(code).ExportToWkt())
    for value, distance, some in ((2, 3 * pixel, geometries), (1, -3 * pixel, filled)):
        kept = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = kept.CreateLayer("land", plain(code), ogr.wkbUnknown)
        for geometry in some:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(geometry.Buffer(distance))
            layer.CreateFeature(feature)
        gdal.RasterizeLayer(target, [1], layer, burn_values=[value])
    return target.ReadAsArray()


def main(base, _folder):
    gdal.UseExceptions()
    checks = Checks()
    seen = gdal.OpenEx(f"WMS:{base}/wms?service=WMS&request=GetCapabilities&version=1.1.1")
    told = {name.split("LAYERS=")[1].split("&")[0] for name, _ in seen.GetSubDatasets()}
    checks.that(set(layers(base)) <= told, f"the layers that GDAL finds in the capabilities: {sorted(told)}")
    copy = pages(base, LAYER)
    checks.that(picture_box(copy), "a copy of the layer")
    for version, code in (("1.1.1", 4326), ("1.3.0", 4326), ("1.3.0", 3857), ("1.1.1", 3857), ("1.3.0", 32719), ("1.1.1", 32719)):
        geometries = moved(copy, code)
        west, south, east, north = box_of(geometries)
        height = round(WIDTH * (north - south) / (east - west))
        order = "<BBoxOrder>yxYX</BBoxOrder>" if (version, code) == ("1.3.0", 4326) else ""
        key = "CRS" if version == "1.3.0" else "SRS"
        plan = PLAN.format(version=version, base=base, key=key, system=f"EPSG:{code}", layer=LAYER, order=order, west=west, south=south, east=east, north=north, width=WIDTH, height=height)
        source = gdal.Open(plan)
        inked = source.GetRasterBand(4).ReadAsArray() > 0
        filled = moved([feature for feature in copy if feature["properties"]["state_group"] != HATCHED], code)
        where = expected(geometries, filled, code, source)
        inside, outside = inked[where == 1].mean(), inked[where == 0].mean()
        checks.that(inside > 0.99, f"WMS {version} in EPSG:{code}: ink on {inside:.4f} of the land")
        checks.that(outside < 0.01, f"WMS {version} in EPSG:{code}: ink on {outside:.4f} of the rest")
        checks.that(numpy.count_nonzero(where == 1) > 1000 < numpy.count_nonzero(where == 0), "land and no land to compare")
    checks.end(f"GDAL {gdal.__version__}, WMS")


if __name__ == "__main__":
    main(*sys.argv[1:])
