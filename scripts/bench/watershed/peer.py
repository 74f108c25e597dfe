"""One peer on one elevation model; a line of JSON with its seconds.    peer.py pyflwdir|whitebox|compare DEM SIDE"""

import json
import sys
import time

import numpy as np


def timed(work):
    began = time.perf_counter()
    found = work()
    return found, round(time.perf_counter() - began, 3)


def millimetres(path, side):
    return np.fromfile(path, "<i4").reshape(side, side)


def pyflwdir(path, side):
    import pyflwdir as peer

    def run(heights):
        (filled, d8), fill = timed(lambda: peer.fill_depressions(heights, nodata=float(1 << 30), outlets="edge"))
        flow, order = timed(lambda: peer.from_array(d8, ftype="d8", check_ftype=False))
        sums, add = timed(lambda: flow.upstream_area("cell"))
        return filled, {"fill_s": fill, "d8_s": order, "accumulation_s": add, "largest": int(sums.max())}

    # a first small run compiles it
    run(np.random.default_rng(1).random((60, 60)).astype(np.float32))
    heights = millimetres(path, side).astype(np.float32)
    filled, result = run(heights)
    return result | {"fill_mm": int((filled.astype(np.float64) - heights).sum())}


def whitebox(path, side):
    import rasterio
    import whitebox_workflows
    from rasterio.transform import from_origin

    heights = millimetres(path, side)
    tif = path + ".tif"
    with rasterio.open(tif, "w", driver="GTiff", width=side, height=side, count=1, dtype="float32", crs="EPSG:32718", nodata=-32768.0,
                       transform=from_origin(500_000, 8_500_000, 30, 30)) as out:
        out.write(heights.astype(np.float32), 1)
    program = whitebox_workflows.WbEnvironment()
    dem = program.read_raster(tif, file_mode="m")
    water = program.hydrology
    filled, fill = timed(lambda: water.fill_depressions(dem=dem, fix_flats=False))
    pointer, d8 = timed(lambda: water.d8_pointer(dem=filled))
    _, add = timed(lambda: water.d8_flow_accum(input=pointer, out_type="cells", input_is_pointer=True))
    return {"fill_s": fill, "d8_s": d8, "accumulation_s": add}


def compare(path, side):
    """Our accumulation against pyflwdir's from our own directions."""
    import pyflwdir as peer

    d8 = np.fromfile(path + ".d8", np.uint8).reshape(side, side)
    ours = np.fromfile(path + ".acc", "<u4").reshape(side, side)
    theirs = peer.from_array(d8, ftype="d8", check_ftype=False).upstream_area("cell")
    return {"cells_that_differ": int((theirs != ours).sum())}


if __name__ == "__main__":
    name, path, side = sys.argv[1], sys.argv[2], int(sys.argv[3])
    result = {"pyflwdir": pyflwdir, "whitebox": whitebox, "compare": compare}[name](path, side)
    print(json.dumps(result))
