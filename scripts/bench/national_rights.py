"""Synthetic mining rights: crowded in hotspots, claimed over and over, on both cadastral grids."""

from dataclasses import dataclass

import numpy as np
import pyproj
import shapely

from make_case import block_cells

HOTSPOTS = 350
# The Andes from Piura to Tacna.
SPINE = np.array([(-79.4, -5.0), (-78.5, -7.2), (-77.6, -9.5), (-76.3, -11.2), (-74.8, -13.2), (-73.0, -14.8), (-71.0, -15.5), (-70.0, -17.0)])
# Letter, words and share as in Cajamarca's cadastre.
STATES = [("T", "D.M. Titulado D.L. 708", 0.55), ("N", "D.M. Titulado D.L. 109", 0.05), ("P", "D.M. en Trámite D.L. 708", 0.2),
          ("F", "D.M. Extinguido a publicar de L.D. (redenunciable)", 0.08), ("X", "D.M. Extinguido no peticionable", 0.1),
          ("B", "Planta de Beneficio", 0.02)]
UTM = "+proj=utm +zone={zone} +south +ellps={ellipsoid}"
# EPSG:1208 spelled out: the same shift everywhere in Peru.
TO_WGS84 = ("+proj=pipeline +step +inv +proj=utm +zone={zone} +south +ellps=intl +step +proj=push +v_3 +step +proj=cart +ellps=intl "
            "+step +proj=helmert +x=-279 +y=175 +z=-379 +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
            "+step +proj=unitconvert +xy_in=rad +xy_out=deg")
ON_WGS84 = "+proj=pipeline +step +inv +proj=utm +zone={zone} +south +ellps=WGS84 +step +proj=unitconvert +xy_in=rad +xy_out=deg"


@dataclass
class Right:
    """Lon/lat outline and the service's fields."""

    outline: shapely.Polygon
    fields: dict


def in_the_andes(rng, width):
    """A place within some `width` degrees of the spine."""
    at = rng.uniform(0, len(SPINE) - 1)
    place = np.array([np.interp(at, range(len(SPINE)), SPINE[:, axis]) for axis in (0, 1)])
    return place + rng.normal(0, width / 2, 2)


def centres(rng, country, count):
    """Lon/lat of each right: six of seven in a hotspot, whose spread grows with its crowd."""
    crowd = rng.permutation(1 / np.arange(1, HOTSPOTS + 1) ** 0.6)
    crowd /= crowd.sum()
    spots = np.array([in_the_andes(rng, 1.2) for _ in range(HOTSPOTS)])
    spread = (4 + 0.25 * np.sqrt(crowd * count)) / 110.6
    made = []
    while len(made) < count:
        spot = rng.choice(HOTSPOTS, p=crowd)
        hot = rng.random() < 6 / 7
        place = rng.normal(spots[spot], spread[spot]) if hot else rng.uniform(country.bounds[:2], country.bounds[2:])
        if shapely.contains_xy(country, *place):
            made.append(place)
    return np.array(made)


def grid_outline(rng, at):
    """Whole cells of 1 km round a place, in metres of the grid."""
    while True:
        outline = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in block_cells(rng)]).simplify(0)
        if outline.geom_type == "Polygon" and not outline.interiors:
            return shapely.Polygon((shapely.get_coordinates(outline) + np.floor(np.array(at) / 1e3)) * 1e3)


def old_outline(rng, at):
    """As measured before 1991: a turned quadrilateral or a few-cornered piece of 1 to 400 ha."""
    corners = 4 if rng.random() < 0.6 else rng.integers(5, 10)
    angles = rng.uniform(0, 2 * np.pi) + np.arange(corners) * 2 * np.pi / corners
    reach = np.sqrt(np.exp(rng.uniform(0, np.log(400))) * 1e4 / 2)
    return shapely.Polygon(np.array(at) + np.column_stack([np.cos(angles), np.sin(angles) * rng.uniform(0.4, 1)]) * reach)


def made(rng, country, count):
    """Rights in the order of their codes."""
    places = centres(rng, country, count)
    zones = np.clip((places[:, 0] + 180) // 6 + 1, 17, 19).astype(int)
    kinds = rng.choice(["psad56", "wgs84", "old"], count, p=[0.6, 0.22, 0.18])
    outlines, hectares = np.empty(count, object), np.empty(count)
    for zone in (17, 18, 19):
        for kind in ("psad56", "wgs84", "old"):
            chosen = np.flatnonzero((zones == zone) & (kinds == kind))
            if not len(chosen):
                continue
            pipeline = pyproj.Transformer.from_pipeline((ON_WGS84 if kind == "wgs84" else TO_WGS84).format(zone=zone))
            metres = np.column_stack(pipeline.transform(*places[chosen].T, direction="INVERSE"))
            make = old_outline if kind == "old" else grid_outline
            planar = np.array([make(rng, at) for at in metres], dtype=object)
            hectares[chosen] = shapely.area(planar) / 1e4
            outlines[chosen] = shapely.transform(planar, lambda c: np.column_stack(pipeline.transform(*c.T)))
    return [Right(outlines[i], fields(rng, i, kinds[i], hectares[i])) for i in range(count)]


def fields(rng, i, kind, hectares):
    """INGEMMET's names; dates as epoch milliseconds, some missing."""
    state = rng.choice(len(STATES), p=[share for *_, share in STATES])
    code, words, _ = STATES[state]
    first, last = {"wgs84": (2016.4, 2026.4), "psad56": (1992.0, 2016.4), "old": (1900.0, 1991.9)}[kind]
    year = rng.uniform(first, last)
    filed = None if rng.random() < 0.02 else int((year - 1970) * 365.2425) * 86_400_000
    return {
        "OBJECTID": i + 1, "CODIGOU": f"{i % 90 + 1:02d}{i:05d}{int(year) % 100:02d}", "FEC_DENU": filed,
        "CONCESION": f"DERECHO SINTÉTICO {i + 1}", "TIT_CONCES": f"TITULAR SINTÉTICO {rng.integers(1, 9_000)}",
        "HECTAGIS": round(hectares, 4), "ESTADO": code, "D_ESTADO": words, "SUSTANCIA": "M" if rng.random() < 0.7 else "N",
    }
