"""Our symbology as a mapfile: the same fills, hatches, lines and scales for MapServer, without names."""

import pathlib
import tomllib

PIXEL = 0.28  # mm
DPI = 25.4 / PIXEL
FIELD_LENGTH = 10  # what a Shapefile keeps of a field's name
SYMBOLOGY = pathlib.Path(__file__).resolve().parents[3] / "config" / "symbology"

HEAD = f"""MAP
  NAME "bench"
  SIZE 256 256
  MAXSIZE 4096
  RESOLUTION {DPI:.4f}
  DEFRESOLUTION {DPI:.4f}
  EXTENT -9100000 -2100000 -7600000 10000
  PROJECTION "init=epsg:3857" END
  IMAGETYPE "png"
  OUTPUTFORMAT NAME "png" DRIVER "AGG/PNG" MIMETYPE "image/png" IMAGEMODE RGBA EXTENSION "png" END
  WEB METADATA "wms_title" "bench" "wms_enable_request" "*" "wms_srs" "EPSG:3857 EPSG:4326 EPSG:32718" END END
  SYMBOL NAME "lines" TYPE HATCH END
"""


def symbology():
    layers, report = (tomllib.loads((SYMBOLOGY / name).read_text(encoding="utf-8")) for name in ("layers.toml", "report.toml"))
    return layers["layers"], report["styles"] | layers["styles"]


def pixels(millimetres):
    return f"{millimetres / PIXEL:.2f}"


def styles(style):
    """The fill, the hatches and the line of a style."""
    if "fill" in style:
        yield f'STYLE COLOR "{style["fill"]}" OPACITY {round(100 * style.get("fill_opacity", 1))} END'
    if hatch := style.get("hatch"):
        for angle in (hatch["angle"], hatch["angle"] + 90)[: 2 if hatch["kind"] in ("cross", "grid") else 1]:
            yield f'STYLE SYMBOL "lines" COLOR "{hatch["colour"]}" ANGLE {angle} SIZE {pixels(hatch["spacing"])} WIDTH {pixels(hatch["width"])} END'
    if stroke := style.get("stroke"):
        pattern = f"PATTERN {' '.join(map(pixels, stroke['dash']))} END" if "dash" in stroke else ""
        yield f'STYLE OUTLINECOLOR "{stroke["colour"]}" WIDTH {pixels(stroke["width"])} {pattern} END'


def classes(layer, known):
    """A class for each rule and range of scales; the rule that takes the rest comes last, since MapServer takes the first that fits."""
    field = layer.get("field", "")[:FIELD_LENGTH]
    for rule in sorted(layer["rules"], key=lambda rule: "is" not in rule):
        for draw in rule["draw"]:
            yield "CLASS"
            if values := rule.get("is"):
                yield f'EXPRESSION {{{",".join(values)}}}'
            if "from" in draw:
                yield f"MINSCALEDENOM {draw['from']}"
            if "to" in draw:
                yield f"MAXSCALEDENOM {draw['to']}"
            yield from styles(known[draw["style"]])
            yield "END"
    if field:
        yield f'CLASSITEM "{field}"'


def mapfile(folder, names):
    layers, known = symbology()
    text = [HEAD]
    for name in names:
        text += [
            f'LAYER NAME "{name}" TYPE POLYGON STATUS OFF DATA "{folder / name}" PROJECTION "init=epsg:3857" END', 'PROCESSING "CLOSE_CONNECTION=DEFER"',
            f'METADATA "wms_title" "{name}" END', *classes(layers[name], known), "END",
        ]
    return "\n".join([*text, "END", ""])
