"""QGIS loads, filters and draws: features by OGC API, vector tiles by their address, pictures by WMS."""

import pathlib
import sys
import urllib.parse

from common import Checks, get_json, layers, pages, skip

try:
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
    from qgis.core import (
        Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsFeatureRequest, QgsMapRendererParallelJob,
        QgsMapSettings, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer, QgsVectorTileLayer,
    )
except ImportError:
    skip("python3-qgis is not installed")

PAPER = QColor("white")
SIZE = QSize(600, 450)


def features_layer(base, name, **more):
    parts = {"typename": name, "url": base, "version": "OGC_API_FEATURES", "srsname": "EPSG:4326", "pagingEnabled": "true", "maxNumFeatures": ""} | more
    return QgsVectorLayer(" ".join(f"{key}='{value}'" for key, value in parts.items() if value), name, "OAPIF")


def picture(drawn, extent, system):
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setDestinationCrs(system)
    settings.setExtent(extent)
    settings.setOutputSize(SIZE)
    settings.setBackgroundColor(PAPER)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage(), settings.mapToPixel(), [error.message for error in job.errors()]


def inked(image):
    """The share of the picture that is no bare paper."""
    paper = PAPER.rgb()
    dark = sum(image.pixel(x, y) != paper for x in range(image.width()) for y in range(image.height()))
    return dark / (image.width() * image.height())


def ink_where_features_are(checks, what, image, to_pixel, geometries, land):
    """Ink in the middle of every large feature; bare paper far from all."""
    box = land.boundingBox()
    for name, geometry in geometries.items():
        point = geometry.pointOnSurface().asPoint()
        place = to_pixel.transform(point)
        if geometry.area() > 40 * to_pixel.mapUnitsPerPixel() ** 2:
            checks.that(image.pixel(int(place.x()), int(place.y())) != PAPER.rgb(), f"{what}: ink in {name}")
    for x, y in ((box.xMinimum(), box.yMinimum()), (box.xMinimum(), box.yMaximum()), (box.xMaximum(), box.yMinimum()), (box.xMaximum(), box.yMaximum())):
        place = to_pixel.transform(x, y)
        corner = QgsRectangle(x, y, x, y).buffered(4 * to_pixel.mapUnitsPerPixel())
        if not land.intersects(corner):
            checks.same(image.pixel(int(place.x()), int(place.y())), PAPER.rgb(), f"{what}: bare paper in a corner without land")


def loaded(checks, base):
    for name in layers(base):
        copy = pages(base, name)
        layer = features_layer(base, name)
        checks.that(layer.isValid(), f"{name}: QGIS loads it: {layer.error().message()}")
        if not layer.isValid():
            continue
        found = {feature["id"]: feature.geometry() for feature in layer.getFeatures()}
        checks.same(layer.featureCount(), len(copy), f"{name}: count")
        checks.same(sorted(found), sorted(feature["id"] for feature in copy), f"{name}: keys")
        checks.that(all(geometry.isGeosValid() for geometry in found.values()), f"{name}: valid geometries")
        checks.same(layer.crs().authid(), "EPSG:4326", f"{name}: system")


def filtered(checks, base):
    copy = pages(base, "concessions")
    layer = features_layer(base, "concessions", restrictToRequestBBOX="1")
    titled = sorted(feature["id"] for feature in copy if feature["properties"]["state_group"] == "titulado")
    request = QgsFeatureRequest().setFilterExpression("\"state_group\" = 'titulado'")
    checks.same(sorted(feature["id"] for feature in layer.getFeatures(request)), titled, "a filter of QGIS")
    checks.that(0 < len(titled) < len(copy), "a filter that tells features apart")
    every = {feature["id"]: feature.geometry() for feature in features_layer(base, "concessions").getFeatures()}
    box = layer.extent()
    box.scale(0.4)
    near = sorted(feature["id"] for feature in layer.getFeatures(QgsFeatureRequest(box).setFlags(QgsFeatureRequest.ExactIntersect)))
    checks.same(near, sorted(key for key, geometry in every.items() if geometry.intersects(box)), "a box of QGIS")
    checks.that(0 < len(near) < len(copy), "a box that tells features apart")


def drawn(checks, base, folder):
    system = QgsCoordinateReferenceSystem("EPSG:32719")
    layer = features_layer(base, "concessions")
    way = QgsCoordinateTransform(layer.crs(), system, QgsProject.instance())
    geometries = {}
    for feature in layer.getFeatures():
        geometries[feature["id"]] = feature.geometry()
        geometries[feature["id"]].transform(way)
    land = next(iter(geometries.values())).collectGeometry(list(geometries.values()))
    extent = land.boundingBox().buffered(500)
    image, to_pixel, errors = picture([layer], extent, system)
    image.save(str(pathlib.Path(folder) / "features.png"))
    checks.same(errors, [], "features: no errors while drawing")
    checks.that(inked(image) > 0.05, f"features: {inked(image):.3f} of the picture has ink")
    ink_where_features_are(checks, "features", image, to_pixel, geometries, land)


def mercator(base, name):
    """The geometries of a layer on the square map, and all of them together."""
    system = QgsCoordinateReferenceSystem("EPSG:3857")
    layer = features_layer(base, name)
    way = QgsCoordinateTransform(layer.crs(), system, QgsProject.instance())
    geometries = {}
    for feature in layer.getFeatures():
        geometries[feature["id"]] = feature.geometry()
        geometries[feature["id"]].transform(way)
    return system, geometries, next(iter(geometries.values())).collectGeometry(list(geometries.values()))


def tiles(checks, base, folder):
    about = get_json(f"{base}/collections/concessions/tiles/WebMercatorQuad?f=tilejson")
    address = urllib.parse.quote(about["tiles"][0], safe=":/{}")
    layer = QgsVectorTileLayer(f"type=xyz&url={address}&zmin={about['minzoom']}&zmax={about['maxzoom']}", "tiles")
    checks.that(layer.isValid(), "tiles: QGIS loads them")
    system, geometries, land = mercator(base, "concessions")
    image, to_pixel, errors = picture([layer], land.boundingBox().buffered(500), system)
    image.save(str(pathlib.Path(folder) / "tiles.png"))
    checks.same(errors, [], "tiles: no errors while drawing")
    checks.that(inked(image) > 0.05, f"tiles: {inked(image):.3f} of the picture has ink")
    ink_where_features_are(checks, "tiles", image, to_pixel, geometries, land)


def pictures(checks, base, folder):
    for code in ("EPSG:3857", "EPSG:4326", "CRS:84"):
        layer = QgsRasterLayer(f"contextualWMSLegend=0&crs={code}&dpiMode=7&format=image/png&layers=concessions&styles&url={base}/wms", "wms", "wms")
        checks.that(layer.isValid(), f"WMS in {code}: QGIS loads it: {layer.error().message()}")
        system, geometries, land = mercator(base, "concessions")
        # near by, these are drawn by lines alone
        filled = {feature["id"] for feature in pages(base, "concessions") if feature["properties"]["state_group"] != "extinguido"}
        geometries = {key: geometry for key, geometry in geometries.items() if key in filled}
        image, to_pixel, errors = picture([layer], land.boundingBox().buffered(500), system)
        image.save(str(pathlib.Path(folder) / f"wms-{code.replace(':', '-')}.png"))
        checks.same(errors, [], f"WMS in {code}: no errors while drawing")
        checks.that(inked(image) > 0.05, f"WMS in {code}: {inked(image):.3f} of the picture has ink")
        ink_where_features_are(checks, f"WMS in {code}", image, to_pixel, geometries, land)


def main(base, folder):
    program = QgsApplication([], False)
    program.initQgis()
    checks = Checks()
    loaded(checks, base)
    filtered(checks, base)
    drawn(checks, base, folder)
    tiles(checks, base, folder)
    pictures(checks, base, folder)
    checks.end(f"QGIS {Qgis.QGIS_VERSION}")


if __name__ == "__main__":
    main(*sys.argv[1:])
