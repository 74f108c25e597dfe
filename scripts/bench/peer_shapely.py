"""shapely (vectorised GEOS, its own STRtree) and geopandas.overlay.    peer_shapely.py CASES_DIR"""

import sys
from concurrent.futures import ThreadPoolExecutor

import geopandas
import numpy as np
import pandas as pd
import shapely

from measure import cases, counted, time_variants

SHAPELY = f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}"


def pair_areas(zones, blocks, tree):
    zone, block = tree.query(zones, predicate="intersects")
    return shapely.area(shapely.intersection(zones[zone], blocks[block]))


def union_areas_of_overlaps(zones, blocks, tree):
    zone, block = tree.query(zones, predicate="intersects")
    pieces = shapely.intersection(zones[zone], blocks[block])
    cuts = np.flatnonzero(np.diff(zone)) + 1
    return np.array([shapely.union_all(group).area for group in np.split(pieces, cuts) if len(group)])


def union_areas_of_blocks(zones, blocks, tree):
    zone, block = tree.query(zones, predicate="intersects")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(zone)) + 1]) if len(zone) else np.array([], int)
    joined = np.array([shapely.union_all(g) for g in np.split(blocks[block], starts[1:])], dtype=object)
    return shapely.area(shapely.intersection(zones[zone[starts]], joined))


def threaded(measure, threads, zones, blocks, tree):
    """shapely frees the interpreter's lock: each thread takes a share of the zones."""
    def run():
        if threads == 1:
            return counted(measure(zones, blocks, tree))
        shares = np.array_split(zones, 4 * threads)
        with ThreadPoolExecutor(threads) as pool:
            return counted(np.concatenate(list(pool.map(lambda share: measure(share, blocks, tree), shares))))
    return run


def overlay(zones, blocks):
    return geopandas.overlay(zones, blocks, how="intersection", keep_geom_type=True)


def main(folder):
    for case, zones, blocks in cases(folder):
        shapely.prepare(zones)
        tree = shapely.STRtree(blocks)
        tree.query(blocks[0])  # the tree is built at the first question
        for threads in (1, 2):
            def ways(*measures):
                return {m.__name__: threaded(m, threads, zones, blocks, tree) for m in measures}
            time_variants("shapely", SHAPELY, case, "pairs", threads, ways(pair_areas))
            both = ways(union_areas_of_overlaps, union_areas_of_blocks)
            time_variants("shapely", SHAPELY, case, "unions", threads, both)

        frames = [geopandas.GeoDataFrame({k: np.arange(len(g))}, geometry=g) for k, g in (("zone", zones), ("block", blocks))]
        version = f"geopandas {geopandas.__version__}, pandas {pd.__version__}, {SHAPELY}"
        time_variants("geopandas.overlay", version, case, "pairs", 1,
                      {"overlay": lambda: counted(overlay(*frames).area.to_numpy())})
        time_variants("geopandas.overlay", version, case, "unions", 1,
                      {"overlay, dissolve": lambda: counted(overlay(*frames).dissolve("zone").area.to_numpy())})


if __name__ == "__main__":
    main(sys.argv[1])
