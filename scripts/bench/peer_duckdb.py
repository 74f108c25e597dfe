"""DuckDB with its spatial extension, which PyPI carries (duckdb-extension-spatial).    peer_duckdb.py CASES_DIR"""

import sys
from pathlib import Path

import duckdb
import duckdb_extension_spatial
import pandas as pd
import shapely

from measure import cases, time_variants
from queries import PAIRS, UNIONS, variants


def connected():
    database = duckdb.connect()
    [extension] = Path(duckdb_extension_spatial.__file__).parent.rglob("spatial.duckdb_extension")
    database.execute(f"LOAD '{extension}'")
    return database


def main(folder):
    database = connected()
    for case, zones, blocks in cases(folder):
        for table, geometries in (("zones", zones), ("blocks", blocks)):
            wkb = pd.DataFrame({"id": range(len(geometries)), "wkb": shapely.to_wkb(geometries)})
            database.register("source", wkb)
            database.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT id, ST_GeomFromWKB(wkb) AS geom FROM source")
            database.unregister("source")
        for threads in (1, 2):
            database.execute(f"SET threads = {threads}")
            for task, queries in (("pairs", PAIRS), ("unions", UNIONS)):
                ways = variants(queries, lambda sql: database.execute(sql).fetchone())
                time_variants("DuckDB spatial", f"duckdb {duckdb.__version__}", case, task, threads, ways)


if __name__ == "__main__":
    main(sys.argv[1])
