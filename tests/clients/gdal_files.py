"""GDAL opens the files that a layer is given as, and finds in each what the copy has."""

import json
import pathlib
import subprocess
import sys

from common import Checks, get, layers, pages, skip

try:
    from osgeo import gdal, ogr
except ImportError:
    skip("python3-gdal is not installed")

NEAR = 1e-9  # degrees: the ninth place, as the JSON has
KEY_OF = {"gpkg": "key", "fgb": "key", "csv": "key"}


def geometries(path, key):
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR, open_options=["GEOM_POSSIBLE_NAMES=geometry,geom,wkt", "KEEP_GEOM_COLUMNS=NO"] if path.suffix == ".csv" else [])
    layer = source.GetLayer(0)
    fields = [layer.GetLayerDefn().GetFieldDefn(index).GetName() for index in range(layer.GetLayerDefn().GetFieldCount())]
    name = key if key in fields else "id"
    return layer.GetFeatureCount(), {feature.GetField(name): feature.GetGeometryRef().Clone() for feature in layer}


def far(one, other):
    """The largest distance between corners of one and the other that stand at the same place in their lists."""
    if one.GetGeometryCount() != other.GetGeometryCount() or one.GetPointCount() != other.GetPointCount():
        return float("inf")
    parts = [far(one.GetGeometryRef(index), other.GetGeometryRef(index)) for index in range(one.GetGeometryCount())]
    ends = zip((one.GetPoint_2D(index) for index in range(one.GetPointCount())), (other.GetPoint_2D(index) for index in range(other.GetPointCount())))
    return max([0.0, *parts, *(max(abs(x - u), abs(y - v)) for (x, y), (u, v) in ends)])


def multi(geometry):
    """One form for a polygon and a list of one polygon."""
    kind = ogr.GT_Flatten(geometry.GetGeometryType())
    to = {ogr.wkbPolygon: ogr.ForceToMultiPolygon, ogr.wkbLineString: ogr.ForceToMultiLineString, ogr.wkbPoint: ogr.ForceToMultiPoint}.get(kind)
    return to(geometry.Clone()) if to else geometry


def main(base, folder):
    gdal.UseExceptions()
    checks = Checks()
    for name in layers(base):
        copy = {feature["id"]: ogr.CreateGeometryFromJson(json.dumps(feature["geometry"])) for feature in pages(base, name)}
        for form, key in KEY_OF.items():
            status, headers, body = get(f"{base}/collections/{name}/items?f={form}")
            path = pathlib.Path(folder) / f"{name}.{form}"
            path.write_bytes(body)
            checks.same(status, 200, f"{name} as {form}")
            checks.that(f'"{name}.{form}"' in (headers["Content-Disposition"] or ""), f"{name} as {form}: a name for the file: {headers['Content-Disposition']}")
            count, found = geometries(path, key)
            checks.same(count, len(copy), f"{name} as {form}: count")
            checks.same(sorted(found), sorted(copy), f"{name} as {form}: keys")
            worst = max((far(multi(found[each]), multi(copy[each])) for each in copy if each in found), default=float("inf"))
            checks.that(worst <= NEAR, f"{name} as {form}: corners {worst} degrees away")
    said = subprocess.run(["ogrinfo", "-ro", "-so", "-al", f"OAPIF:{base}"], capture_output=True, text=True, check=False)
    checks.same((said.returncode, "ERROR" in said.stderr + said.stdout), (0, False), f"ogrinfo: {said.stderr[:300]}")
    made = pathlib.Path(folder) / "all.gpkg"
    said = subprocess.run(["ogr2ogr", "-f", "GPKG", str(made), f"OAPIF:{base}"], capture_output=True, text=True, check=False)
    checks.same((said.returncode, "ERROR" in said.stderr), (0, False), f"ogr2ogr of everything: {said.stderr[:300]}")
    checks.end(f"GDAL {gdal.__version__}, files")


if __name__ == "__main__":
    main(*sys.argv[1:])
