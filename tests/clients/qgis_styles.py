"""QGIS reads our styles: QML, SLD and the layer definition. What it draws with them has the colours of our own pictures."""

import pathlib
import re
import sys
import urllib.parse

from common import Checks, get, get_json, layers, pages, picture_box, skip

try:
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor, QImage
    from qgis.core import (
        QgsApplication, QgsCoordinateReferenceSystem, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils,
        QgsLayerDefinition, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle, QgsRuleBasedLabeling, QgsVectorLayer,
    )
except ImportError:
    skip("python3-qgis is not installed")

PAPER = QColor("white")
WIDE, HIGH = 640, 480
NEAR = 10  # of 255: colours are blended by other programs
FAR_SCALE, NEAR_SCALE = 400_000, 40_000


def features_layer(base, name):
    source = " ".join(f"{key}='{value}'" for key, value in {
        "typename": name, "url": base, "version": "OGC_API_FEATURES", "srsname": "EPSG:4326", "pagingEnabled": "true"}.items())
    return QgsVectorLayer(source, name, "OAPIF")


def fetched(base, path, folder, name):
    status, _, body = get(f"{base}{path}")
    file = pathlib.Path(folder) / name
    file.write_bytes(body)
    return status, str(file), body.decode()


def rules_of(renderer):
    """The rules of a renderer; QGIS makes one symbol of an SLD with one rule that asks for nothing."""
    return renderer.rootRule().children() if renderer.type() == "RuleRenderer" else [None]


def picture(layer, extent):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(extent)
    settings.setOutputSize(QSize(WIDE, HIGH))
    settings.setBackgroundColor(PAPER)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage(), [error.message for error in job.errors()]


def ours(base, name, extent):
    """The same land as this server draws it."""
    box = f"{extent.xMinimum()},{extent.yMinimum()},{extent.xMaximum()},{extent.yMaximum()}"
    asked = urllib.parse.urlencode({"bbox": box, "width": WIDE, "height": HIGH, "f": "png", "names": "false", "bgcolor": "0xFFFFFF"})
    status, _, body = get(f"{base}/collections/{name}/map?{asked}")
    image = QImage.fromData(body)
    return image if status == 200 and not image.isNull() else None


def colour(image, x, y):
    found = image.pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def even_places(image):
    """Places inside of one colour that is no paper: no outline and no line of a hatch is near, for hatches are as close as nine pixels."""
    for y in range(6, HIGH - 6, 6):
        for x in range(6, WIDE - 6, 6):
            if colour(image, x, y) == (255, 255, 255):
                continue
            seen = {colour(image, x + dx, y + dy) for dx in range(-5, 6) for dy in range(-5, 6)}
            if len(seen) == 1 and seen != {(255, 255, 255)}:
                yield x, y


def same_colours(checks, what, theirs, own):
    places = list(even_places(own))
    off = [(place, colour(own, *place), colour(theirs, *place)) for place in places
           if max(abs(a - b) for a, b in zip(colour(own, *place), colour(theirs, *place))) > NEAR]
    # the border of two zones may lie a pixel aside
    checks.that(len(off) <= 0.02 * len(places), f"{what}: {len(off)} of {len(places)} places have another colour: {off[:3]}")
    return len(places)


def inked(image):
    paper = PAPER.rgb()
    return sum(image.pixel(x, y) != paper for x in range(0, WIDE, 2) for y in range(0, HIGH, 2)) / (WIDE * HIGH / 4)


def taken(checks, what, layer):
    """Every feature is taken by a rule of the style, as QGIS reads the conditions."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFields(layer.fields())
    rules = rules_of(layer.renderer())
    filters = []
    for rule in rules:
        if rule is None or not rule.filterExpression():
            filters.append(None)
            continue
        expression = QgsExpression(rule.filterExpression())
        checks.that(not expression.hasParserError(), f"{what}: {rule.filterExpression()}: {expression.parserErrorString()}")
        expression.prepare(context)
        filters.append(expression)
    nowhere, count = [], 0
    for feature in layer.getFeatures():
        context.setFeature(feature)
        own = [rule for rule, expression in zip(rules, filters) if expression is None or expression.evaluate(context)]
        count += 1
        if not own:
            errors = {expression.evalErrorString() for expression in filters if expression is not None}
            nowhere.append((feature["id"], *errors))
    checks.that(count > 0 and not nowhere, f"{what}: no rule takes {nowhere[:3]} of {count}")


def by_qml(checks, base, name, folder, extents):
    status, file, text = fetched(base, f"/styles/{name}?f=qml", folder, f"{name}.qml")
    checks.same(status, 200, f"{name}: its QML")
    layer = features_layer(base, name)
    message, read = layer.loadNamedStyle(file)
    checks.that(read, f"{name}: QGIS reads the QML: {message}")
    written = len(re.findall(r'<rule key="{sign-', text))
    checks.same(len(rules_of(layer.renderer())), written, f"{name}: rules of the QML")
    named = len(re.findall(r'<rule key="{name-', text))
    labels = layer.labeling()
    checks.that(isinstance(labels, QgsRuleBasedLabeling) and layer.labelsEnabled(), f"{name}: names by rules")
    if isinstance(labels, QgsRuleBasedLabeling):
        checks.same(len(labels.rootRule().children()), named, f"{name}: rules of names")
        checks.that(all(rule.settings().fieldName in layer.fields().names() for rule in labels.rootRule().children()), f"{name}: names are of a field")
    taken(checks, f"{name}, QML", layer)
    layer.setLabelsEnabled(False)
    return compared(checks, base, name, (layer, "qml"), folder, extents)


def by_sld(checks, base, name, folder, extents):
    status, file, text = fetched(base, f"/styles/{name}?f=sld", folder, f"{name}.sld")
    checks.same(status, 200, f"{name}: its SLD")
    layer = features_layer(base, name)
    message, read = layer.loadSldStyle(file)
    checks.that(read, f"{name}: QGIS reads the SLD: {message}")
    checks.same(len(rules_of(layer.renderer())), text.count("<Rule>") + text.count("<sld:Rule>") + text.count("<se:Rule>"), f"{name}: rules of the SLD")
    taken(checks, f"{name}, SLD", layer)
    layer.setLabelsEnabled(False)
    return compared(checks, base, name, (layer, "sld"), folder, extents)


def compared(checks, base, name, drawn, folder, extents):
    layer, what = drawn
    held = 0
    for way, extent in extents.items():
        image, errors = picture(layer, extent)
        image.save(str(pathlib.Path(folder) / f"{name}-{what}-{way}.png"))
        checks.same(errors, [], f"{name}, {what}, {way}: no errors while drawing")
        own = ours(base, name, extent)
        checks.that(own is not None, f"{name}, {way}: our own picture")
        own.save(str(pathlib.Path(folder) / f"{name}-own-{way}.png"))
        checks.that((inked(image) > 0) == (inked(own) > 0), f"{name}, {what}, {way}: ink as in our own picture: {inked(image):.4f}, {inked(own):.4f}")
        held += same_colours(checks, f"{name}, {what}, {way}", image, own)
    return held


def by_definition(checks, base, name, folder):
    status, file, text = fetched(base, f"/collections/{name}/qgis", folder, f"{name}.qlr")
    checks.same(status, 200, f"{name}: its definition")
    project = QgsProject.instance()
    project.clear()
    read, message = QgsLayerDefinition.loadLayerDefinition(file, project, project.layerTreeRoot())
    checks.that(read, f"{name}: QGIS opens the definition: {message}")
    opened = list(project.mapLayers().values())
    checks.same(len(opened), 1, f"{name}: layers of the definition")
    for layer in opened:
        checks.that(layer.isValid(), f"{name}: the layer of the definition: {layer.error().message()}")
        checks.same(layer.featureCount(), len(pages(base, name)), f"{name}: features of the definition")
        checks.same(len(rules_of(layer.renderer())), len(re.findall(r'<rule key="{sign-', text)), f"{name}: rules of the definition")
        checks.that(layer.labelsEnabled(), f"{name}: the definition has names")
    checks.same(len(project.layerTreeRoot().findLayers()), 1, f"{name}: the tree of layers")
    project.clear()


def extents_of(base, name):
    """The whole layer, and a part of it that is as large on the picture as symbols for near scales want."""
    west, south, east, north = picture_box(pages(base, name))
    middle = (west + east) / 2, (south + north) / 2
    def about(scale):
        # 0.28 mm of a pixel, and a degree as WMS counts it
        degrees = scale * 0.00028 / 111_319.490_793
        return QgsRectangle(middle[0] - WIDE / 2 * degrees, middle[1] - HIGH / 2 * degrees, middle[0] + WIDE / 2 * degrees, middle[1] + HIGH / 2 * degrees)
    return {"far": about(FAR_SCALE), "near": about(NEAR_SCALE)}


def main(base, folder):
    application = QgsApplication([], False)
    application.initQgis()
    checks = Checks()
    places = 0
    for name in layers(base):
        extents = extents_of(base, name)
        places += by_qml(checks, base, name, folder, extents)
        by_sld(checks, base, name, folder, extents)
        by_definition(checks, base, name, folder)
    checks.that(places > 2000, f"{places} places with one colour were compared")
    QgsProject.instance().clear()
    checks.end(f"styles in QGIS, {places} places compared")


if __name__ == "__main__":
    main(*sys.argv[1:])
