"""Compares the sieve and the polygons of `zone_bench SIDE THREADS FOLDER` with those of GDAL.

Usage: zoning_against_gdal.py FOLDER SIDE MINIMUM. Prints the differences and GDAL's seconds of processor time; exits with 1 if there are any.
"""

import collections
import sys
import time

import numpy
from osgeo import gdal, ogr

gdal.UseExceptions()


def raster(cells, side):
    dataset = gdal.GetDriverByName("MEM").Create("", side, side, 1, gdal.GDT_Byte)
    dataset.SetGeoTransform((0, 1, 0, 0, 0, 1))
    dataset.GetRasterBand(1).WriteArray(cells.reshape(side, side))
    return dataset


def main(folder, side, minimum):
    before, after = (numpy.fromfile(f"{folder}/{name}.raw", numpy.uint8) for name in ("before", "after"))
    source, target = raster(before, side), raster(before, side)
    mask = raster(((before != 0) & (before != 255)).astype(numpy.uint8), side)
    began = time.process_time()
    gdal.SieveFilter(source.GetRasterBand(1), mask.GetRasterBand(1), target.GetRasterBand(1), minimum, 4)
    sieve = time.process_time() - began
    other = target.GetRasterBand(1).ReadAsArray().ravel()
    cells = int((other != after).sum())
    layer = ogr.GetDriverByName("Memory").CreateDataSource("").CreateLayer("zones")
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
    source = raster(after, side)
    mask = raster(((after != 0) & (after != 255)).astype(numpy.uint8), side)
    began = time.process_time()
    gdal.Polygonize(source.GetRasterBand(1), mask.GetRasterBand(1), layer, 0, [])
    polygonize = time.process_time() - began
    theirs = collections.Counter()
    for feature in layer:
        geometry = feature.geometry()
        theirs[feature.GetField(0), round(geometry.Area()), geometry.GetGeometryCount() - 1] += 1
    with open(f"{folder}/pieces.txt", encoding="ascii") as lines:
        rows = (tuple(map(int, line.split())) for line in lines)
        ours = collections.Counter((code, size, holes) for code, size, _, holes in rows)
    pieces = sum(((ours - theirs) + (theirs - ours)).values())
    print(
        f"GDAL {gdal.__version__}: {cells} cells and {pieces} polygons (code, area, holes) differ of {sum(ours.values())};"
        f" sieve {sieve:.2f} s, polygonize {polygonize:.2f} s of processor time"
    )
    return 1 if cells or pieces else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
