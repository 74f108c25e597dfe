"""GDAL's OAPIF driver and the copy of a layer: features, filters, boxes, systems."""

import json
import random
import sys

from common import CRS84, Checks, epsg, get, get_json, items_url, layers, pages, picture_box, skip

try:
    from osgeo import gdal, ogr, osr
except ImportError:
    skip("python3-gdal is not installed")

BOXES = 12  # for each layer
MM = 1e-3


def shape(feature):
    return ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))


def box_shape(west, south, east, north):
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south)):
        ring.AddPoint_2D(x, y)
    made = ogr.Geometry(ogr.wkbPolygon)
    made.AddGeometry(ring)
    return made


def met(copy, *boxes):
    """The keys of the features whose geometry meets one of the boxes, by GEOS."""
    asked = [box_shape(*box) for box in boxes]
    return {feature["id"] for feature in copy if any(shape(feature).Intersects(box) for box in asked)}


def some_boxes(copy, dice):
    west, south, east, north = picture_box(copy)
    for _ in range(BOXES):
        xs = sorted(round(dice.uniform(west - 0.02, east + 0.02), 6) for _ in range(2))
        ys = sorted(round(dice.uniform(south - 0.02, north + 0.02), 6) for _ in range(2))
        yield xs[0], ys[0], xs[1], ys[1]


def keys_of(layer):
    layer.ResetReading()
    return {feature.GetField("id") for feature in layer}


def whole_layers(checks, base, source, copies):
    checks.same(sorted(source.GetLayer(index).GetName() for index in range(source.GetLayerCount())), sorted(copies), "the layers that GDAL sees")
    for name, copy in copies.items():
        layer = source.GetLayerByName(name)
        checks.same(layer.GetFeatureCount(), len(copy), f"{name}: count")
        wkt = {feature["id"]: shape(feature) for feature in copy}
        seen = {feature.GetField("id"): feature.GetGeometryRef().Clone() for feature in layer}
        checks.same(sorted(seen), sorted(wkt), f"{name}: keys")
        checks.that(all(seen[key].Equals(wkt[key]) for key in wkt if key in seen), f"{name}: geometries as in the copy")
        checks.that(all(geometry.IsValid() for geometry in wkt.values()), f"{name}: geometries that GEOS takes for valid")
        system = layer.GetSpatialRef()
        checks.same((system.GetAuthorityCode(None), list(system.GetDataAxisToSRSAxisMapping())), ("4326", [2, 1]), f"{name}: longitude, then latitude")


def boxes(checks, base, source, copies, dice):
    for name, copy in copies.items():
        layer = source.GetLayerByName(name)
        for box in some_boxes(copy, dice):
            expected = met(copy, box)
            layer.SetSpatialFilterRect(*box)
            checks.same(keys_of(layer), expected, f"{name}: GDAL's spatial filter {box}")
            layer.SetSpatialFilter(None)
            text = ",".join(map(str, box))
            checks.same({each["id"] for each in pages(base, name, bbox=text)}, expected, f"{name}: bbox={text}")
            west, south, east, north = box
            swapped = f"{south},{west},{north},{east}"
            checks.same({each["id"] for each in pages(base, name, bbox=swapped, bbox_crs=epsg(4326))}, expected, f"{name}: bbox={swapped} with latitude first")


def over_the_antimeridian(checks, base, copies):
    for name, copy in copies.items():
        west, south, east, north = picture_box(copy)
        middle = round((west + east) / 2, 6)
        expected = met(copy, (170.0, -30.0, 180.0, 0.0), (-180.0, -30.0, middle, 0.0))
        checks.same({each["id"] for each in pages(base, name, bbox=f"170,-30,{middle},0")}, expected, f"{name}: a box over the antimeridian to {middle}")


def filters(checks, base, source, copies):
    copy = copies["concessions"]
    layer = source.GetLayerByName("concessions")
    value = lambda feature, name: feature["properties"].get(name)
    asked = [
        ("state_group = 'titulado'", lambda f: value(f, "state_group") == "titulado"),
        ("declared_ha >= 500", lambda f: (value(f, "declared_ha") or -1) >= 500),
        ("name LIKE 'INTI%'", lambda f: (value(f, "name") or "").startswith("INTI")),
        ("state_group = 'titulado' AND declared_ha < 700", lambda f: value(f, "state_group") == "titulado" and (value(f, "declared_ha") or 1e9) < 700),
        ("holder IS NULL", lambda f: value(f, "holder") is None),
        ("code IN ('019010094', '010000001')", lambda f: value(f, "code") in ("019010094", "010000001")),
    ]
    for text, holds in asked:
        expected = {feature["id"] for feature in copy if holds(feature)}
        layer.SetAttributeFilter(text)
        checks.same(keys_of(layer), expected, f"GDAL's attribute filter {text}")
        layer.SetAttributeFilter(None)
        checks.same({each["id"] for each in pages(base, "concessions", filter=text)}, expected, f"filter={text}")
    checks.that(0 < sum(asked[0][1](feature) for feature in copy) < len(copy), "a filter that tells features apart")
    status, headers, _ = get(items_url(base, "concessions", filter="no_such_property = 1"))
    checks.same((status, headers.get_content_type()), (400, "application/problem+json"), "a filter on what is not there")


def spatial_filters(checks, base, copies, dice):
    one = dice.choice(copies["communities"])
    land = shape(one)
    for operation, holds in (("S_INTERSECTS", "Intersects"), ("S_WITHIN", "Within"), ("S_DISJOINT", "Disjoint"), ("S_CONTAINS", "Contains")):
        expected = {feature["id"] for feature in copies["concessions"] if getattr(shape(feature), holds)(land)}
        text = f"{operation}(geometry, {land.ExportToWkt()})"
        checks.same({each["id"] for each in pages(base, "concessions", filter=text)}, expected, f"{operation} with the land {one['id']}")


def systems(checks, base, copies):
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    for name in ("communities", "springs", "rivers"):
        for code in (3857, 32717, 32718, 32719):
            system = osr.SpatialReference()
            system.ImportFromEPSG(code)
            checks.that(moved_like(base, name, copies[name], osr.CoordinateTransformation(degrees, system), code), f"{name} in EPSG:{code}, within a millimetre of PROJ")
        swapped = pages(base, name, crs=epsg(4326))
        turned = {feature["id"]: shape(feature) for feature in swapped}
        for geometry in turned.values():
            geometry.SwapXY()
        checks.that(all(turned[feature["id"]].Equals(shape(feature)) for feature in copies[name]), f"{name} in EPSG:4326: latitude first")
    _, headers, _ = get(items_url(base, "springs", crs=epsg(32718)))
    checks.same(headers["Content-Crs"], f"<{epsg(32718)}>", "Content-Crs")
    checks.same(get(items_url(base, "springs"))[1]["Content-Crs"], f"<{CRS84}>", "Content-Crs unless asked")


def moved_like(base, name, copy, transformation, code):
    found = {feature["id"]: shape(feature) for feature in pages(base, name, crs=epsg(code))}
    for feature in copy:
        expected = shape(feature)
        expected.Transform(transformation)
        pairs = zip(points(found[feature["id"]]), points(expected), strict=True)
        if any(abs(x - u) > MM or abs(y - v) > MM for (x, y), (u, v) in pairs):
            return False
    return True


def points(geometry):
    if geometry.GetGeometryCount():
        return [point for index in range(geometry.GetGeometryCount()) for point in points(geometry.GetGeometryRef(index))]
    return [geometry.GetPoint_2D(index) for index in range(geometry.GetPointCount())]


def main(base, _folder):
    gdal.UseExceptions()
    checks = Checks()
    dice = random.Random(7)
    copies = {name: pages(base, name) for name in layers(base)}
    source = gdal.OpenEx(f"OAPIF:{base}", gdal.OF_VECTOR)
    whole_layers(checks, base, source, copies)
    boxes(checks, base, source, copies, dice)
    over_the_antimeridian(checks, base, copies)
    filters(checks, base, source, copies)
    spatial_filters(checks, base, copies, dice)
    systems(checks, base, copies)
    checks.that(get_json(f"{base}/conformance")["conformsTo"], "conformance classes")
    checks.end(f"GDAL {gdal.__version__}, OAPIF")


if __name__ == "__main__":
    main(*sys.argv[1:])
