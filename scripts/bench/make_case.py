"""The synthetic case: irregular zones and rectilinear blocks in EPSG:32718, about 40 000 overlapping pairs.

    make_case.py OUT_DIR   ->  OUT_DIR/synthetic.zones.bin, OUT_DIR/synthetic.blocks.bin
"""

import sys
from pathlib import Path

import numpy as np
import shapely

import polygons
from irregular import blob

ZONES, BLOCKS = 20_000, 10_000
MEAN_VERTICES = 277
SIDE_KM = 306  # chosen so that some 40 000 pairs overlap
CORNER = np.array([300_000.0, 8_500_000.0])
CELL = 1_000.0
# From the PSAD 56 grid to WGS 84 near Cusco: a shift, and a turn and scale of some 1e-5, so that blocks are nearly upright only.
SHIFT, TURN, SCALE = np.array([-224.3716, -367.5821]), 1.3e-5, 1 + 8e-6


def zones(rng):
    """Star-shaped noisy outlines of 20 to 3 000 ha."""
    sizes = rng.lognormal(0, 0.75, ZONES)
    sizes = np.clip(sizes / sizes.mean() * MEAN_VERTICES, 12, 4_000).round().astype(int)
    areas = np.clip(rng.lognormal(np.log(250), 0.8, ZONES), 20, 3_000) * 1e4
    centres = CORNER + rng.uniform(0, SIDE_KM * 1e3, (ZONES, 2))
    made = []
    for vertices, area, centre in zip(sizes, areas, centres):
        outline = None
        while outline is None or not outline.is_valid:
            outline = shapely.Polygon(polygons.on_grid(blob(rng, vertices, area) + centre))
        made.append(outline)
    return made


def block_cells(rng):
    """Cells of one right: an upright rectangle, or (one in three) an L, T or stairs."""
    width, height = rng.choice([1, 2, 3, 4], 2, p=[0.35, 0.35, 0.2, 0.1])
    cells = {(x, y) for x in range(width) for y in range(height)}
    if rng.random() < 0.6:  # some of these grow into rectangles again
        for _ in range(rng.integers(1, 4)):
            x, y = sorted(cells)[rng.integers(len(cells))]
            cells.add([(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)][rng.integers(4)])
    return cells


def blocks(rng):
    """Unions of whole 1 km cells, put on WGS 84."""
    made = []
    while len(made) < BLOCKS:
        column, row = rng.integers(0, SIDE_KM, 2)
        cells = [shapely.box(x, y, x + 1, y + 1) for x, y in block_cells(rng)]
        outline = shapely.union_all(cells).simplify(0)
        if outline.geom_type != "Polygon" or outline.interiors:
            continue
        grid = CORNER + (shapely.get_coordinates(outline) + (column, row)) * CELL
        centred = grid - CORNER
        turned = centred + TURN * np.column_stack([centred[:, 1], -centred[:, 0]])
        made.append(shapely.Polygon(polygons.on_grid(CORNER + turned * SCALE + SHIFT)))
    return made


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    for name, make, seed in (("zones", zones, 2026), ("blocks", blocks, 1992)):
        made = np.array(make(np.random.default_rng(seed)), dtype=object)
        if not shapely.is_valid(made).all():
            raise SystemExit(f"{name}: an invalid outline was made")
        polygons.write(out / f"synthetic.{name}.bin", made)
        vertices = shapely.get_num_coordinates(made) - 1
        convex = np.isclose(shapely.area(shapely.convex_hull(made)), shapely.area(made), rtol=1e-6)
        print(f"{name}: {len(made)}, mean {vertices.mean():.1f} vertices, {1 - convex.mean():.0%} not convex, "
              f"mean {shapely.area(made).mean() / 1e4:.0f} ha", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
