"""A synthetic national set, about as large and as crowded as Peru's public layers; the same bytes at every run.

    make_national.py --out DIR [--districts FILE.geojson] [--share 1.0]

Writes GeoJSONSeq in lon/lat, with the field names of the sources' own services:
districts.geojsonl (1 826 real outlines where FILE is given, else 1 900 made ones), communities.geojsonl (7 000),
zones.geojsonl (10 000), concessions.geojsonl (70 000). Outlines are made up; nothing in them is a boundary that anybody declared.
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import numpy as np
import shapely

import national_rights
from irregular import blob, crinkled

DISTRICTS, COMMUNITIES, ZONES, RIGHTS = 1_900, 7_000, 10_000, 70_000
DISTRICT_VERTICES, ZONE_VERTICES, COMMUNITY_VERTICES = 1_500, 277, 300
# Peru by eye, for machines that do not have the real outlines.
COUNTRY = [(-80.3, -3.4), (-78.4, -5.0), (-77.8, -3.0), (-75.4, -0.1), (-73.6, -1.3), (-70.1, -2.8), (-70.0, -4.3), (-72.9, -5.2),
           (-73.1, -9.4), (-70.6, -9.6), (-69.6, -11.0), (-68.7, -12.5), (-69.2, -15.3), (-69.5, -17.5), (-70.4, -18.3), (-72.0, -17.1),
           (-76.2, -14.0), (-77.2, -12.1), (-79.0, -8.2), (-81.2, -6.0), (-81.2, -4.3)]
KILOMETRES_PER_DEGREE = 110.6


def voronoi(rng, country, count):
    """Cells that tile the country, and crowd where people live: half of the seeds lie along the Andes."""
    seeds = []
    while len(seeds) < count:
        point = national_rights.in_the_andes(rng, 1.2) if rng.random() < 0.5 else rng.uniform(country.bounds[:2], country.bounds[2:])
        if shapely.contains_xy(country, *point):
            seeds.append(point)
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=country)
    cut = shapely.intersection(shapely.get_parts(cells), country)
    return [largest(cell) for cell in cut if not cell.is_empty]


def largest(geometry):
    return max((p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"), key=lambda p: p.area)


def real_districts(path):
    """Outlines and fields of the real ones; rows without geometry are left out."""
    with open(path, encoding="utf-8") as source:
        features = [f for f in json.load(source)["features"] if f["geometry"]]
    outlines = [largest(shapely.make_valid(shapely.geometry.shape(f["geometry"]))) for f in features]
    fields = [{name: f["properties"][name] for name in ("IDDIST", "NOMBDIST", "NOMBPROV", "NOMBDEP")} for f in features]
    return outlines, fields


def made_districts(rng, count):
    outlines = voronoi(rng, shapely.Polygon(COUNTRY), count)
    outlines.sort(key=lambda cell: -cell.centroid.y)
    return outlines, [{
        "IDDIST": f"{i // 80 + 1:02d}{i // 10 % 8 + 1:02d}{i % 10 + 1:02d}", "NOMBDIST": f"DISTRITO {i + 1}",
        "NOMBPROV": f"PROVINCIA {i // 10 + 1}", "NOMBDEP": f"DEPARTAMENTO {i // 80 + 1}",
    } for i in range(len(outlines))]


def communities(rng, country, count):
    """Of 100 to 20 000 ha, seldom overlapping: the larger ones take their place first."""
    areas = np.sort(np.clip(rng.lognormal(np.log(1_800), 1.2, count), 100, 20_000))[::-1]  # ha
    sizes = np.clip(rng.lognormal(0, 0.7, count), 0.05, 12)
    sizes = np.maximum(12, sizes / sizes.mean() * COMMUNITY_VERTICES).astype(int)
    centres, reach, made = np.full((count, 2), 1e9), np.sqrt(areas * 0.01 / np.pi) / KILOMETRES_PER_DEGREE, []
    while (n := len(made)) < count:
        centre = national_rights.in_the_andes(rng, 1.5)
        near = np.hypot(*(centres[:n] - centre).T) < 0.9 * (reach[:n] + reach[n])
        if near.any() and rng.random() < 0.97 or not shapely.contains_xy(country, *centre):
            continue
        outline = shapely.Polygon(blob(rng, sizes[n], areas[n] * 0.01) / (KILOMETRES_PER_DEGREE * np.cos(np.radians(centre[1])), KILOMETRES_PER_DEGREE) + centre)
        if outline.is_valid:
            centres[n] = centre
            made.append(outline)
    return made, areas


def community_fields(rng, i, hectares):
    declared = hectares * (1 if rng.random() < 0.45 else rng.uniform(0.8, 1.25))  # as in Cajamarca: 57 of 103 differ by > 5 %
    return {
        "Codigo": f"CC{i + 1:05d}", "Nombre": f"Comunidad Sintética {i + 1}", "Area_leg_h": round(declared, 2), "Resolucion": f"R.S.{i % 900 + 1}-{60 + i % 40}",
        "Fecha": f"{i % 28 + 1:02d}/{i % 12 + 1:02d}/{60 + i % 40}", "Condicion": "Titulada" if rng.random() < 0.75 else "Reconocida",
        "Familias": int(rng.integers(20, 900)), "Area_ha": round(hectares, 2),
    }


ZEE = [("A.1", "Zonas productivas agropecuarias"), ("A.2", "Zonas para producción forestal"), ("A.3", "Zonas para producción minera"),
       ("B.1", "Zonas de protección y conservación ecológica"), ("C.1", "Zonas de tratamiento especial"), ("D.1", "Zonas de recuperación"),
       ("E.1", "Zonas urbanas e industriales")]


def write(path, outlines, fields):
    """One feature a line, exteriors counter-clockwise, degrees to nine places (0.1 mm)."""
    outlines = shapely.orient_polygons(np.array(outlines, dtype=object))
    if not shapely.is_valid(outlines).all():
        raise SystemExit(f"{path.name}: {(~shapely.is_valid(outlines)).sum()} invalid outlines were made")
    with open(path, "w", encoding="utf-8") as out:
        for outline, properties in zip(outlines, fields, strict=True):
            rings = [np.round(shapely.get_coordinates(ring), 9).tolist() for ring in (outline.exterior, *outline.interiors)]
            feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}
            out.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + "\n")
    vertices = shapely.get_num_coordinates(outlines) - 1
    print(f"{path.name}: {len(outlines)} features, {vertices.sum()} vertices, mean {vertices.mean():.1f}", file=sys.stderr, flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--districts", type=Path, help="real outlines to roughen")
    options.add_argument("--share", type=float, default=1.0, help="of all features, for a quick try")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(30_428)

    outlines, fields = real_districts(given.districts) if given.districts else made_districts(rng, round(DISTRICTS * given.share))
    country = largest(shapely.union_all(shapely.buffer(outlines, 0.02))).simplify(0.05)
    shapely.prepare(country)
    write(given.out / "districts.geojsonl", crinkled(outlines, DISTRICT_VERTICES), fields)

    made, areas = communities(rng, country, round(COMMUNITIES * given.share))
    write(given.out / "communities.geojsonl", made, [community_fields(rng, i, area) for i, area in enumerate(areas)])

    cells = voronoi(rng, country, round(ZONES * given.share))
    kinds = rng.integers(0, len(ZEE), len(cells))
    zone_fields = [{"ZEECODE": ZEE[kind][0], "ZEE": ZEE[kind][1], "ID": i + 1} for i, kind in enumerate(kinds)]
    write(given.out / "zones.geojsonl", crinkled(cells, ZONE_VERTICES), zone_fields)

    rights = national_rights.made(rng, country, round(RIGHTS * given.share))
    updated = int(datetime.datetime(2026, 6, 1, tzinfo=datetime.timezone.utc).timestamp() * 1000)
    places = shapely.STRtree(outlines).query_nearest(shapely.centroid([r.outline for r in rights]), all_matches=False)[1]
    write(given.out / "concessions.geojsonl", [r.outline for r in rights], [
        right.fields | {"DEPA": fields[place]["NOMBDEP"], "PROVI": fields[place]["NOMBPROV"], "DISTRI": fields[place]["NOMBDIST"],
                        "FECHA_ACTUALIZACION": updated}
        for right, place in zip(rights, places, strict=True)
    ])


if __name__ == "__main__":
    main()
