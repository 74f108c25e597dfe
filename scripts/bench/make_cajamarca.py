"""The real case: mining rights and peasant communities of Cajamarca, planar in EPSG:32717, invalid rings repaired.

    make_cajamarca.py DATA_DIR OUT_DIR   ->  OUT_DIR/cajamarca.zones.bin (communities), OUT_DIR/cajamarca.blocks.bin (rights)
"""

import sys
from pathlib import Path

import geopandas
import numpy as np
import shapely

import polygons

SOURCES = {
    "zones": "real/communities/cajamarca_comunidades_campesinas.geojson",
    "blocks": "real/mining/cajamarca_catastro_minero_2009.geojson",
}


def land(geometry):
    """What is land of a repaired geometry: its polygons, on the grid."""
    repaired = shapely.make_valid(shapely.transform(shapely.force_2d(geometry), polygons.on_grid))
    parts = [p for p in shapely.get_parts(repaired) for p in shapely.get_parts(p) if p.geom_type == "Polygon"]
    # corners that the repair adds are not on the grid yet
    rounded = shapely.transform(shapely.multipolygons(parts), polygons.on_grid)
    return rounded if rounded.is_valid else shapely.multipolygons(parts)


def main(data, out):
    out.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        metric = geopandas.read_file(data / source).to_crs("EPSG:32717").geometry.to_numpy()
        made = np.array([land(g) for g in metric], dtype=object)
        polygons.write(out / f"cajamarca.{name}.bin", made)
        print(f"{name}: {len(made)}, {(~shapely.is_valid(metric)).sum()} repaired, "
              f"{(~shapely.is_valid(made)).sum()} not valid afterwards, {shapely.area(made).sum() / 1e4:.1f} ha", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
