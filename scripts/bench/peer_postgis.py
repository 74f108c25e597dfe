"""PostGIS, over a connection string.    peer_postgis.py CASES_DIR CONNECTION

Two threads are the leader and one worker. Geometries are kept uncompressed (STORAGE EXTERNAL), statistics are fresh, the tables
fit in shared buffers, JIT is off: the fastest settings found."""

import sys

import psycopg
import shapely

from measure import cases, time_variants
from queries import PAIRS, UNIONS, variants

# A worker is used even where the planner finds the tables too small for one.
SETTINGS = """SET jit = off; SET work_mem = '512MB'; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0"""

BOXES = {
    "ST_Area(ST_Intersection), boxes only": """
        SELECT ST_Area(ST_Intersection(z.geom, b.geom)) AS area FROM zones z JOIN blocks b ON z.geom && b.geom""",
}

def load(database, table, geometries):
    database.execute(f"DROP TABLE IF EXISTS {table}")
    database.execute(f"CREATE UNLOGGED TABLE {table} (id int PRIMARY KEY, geom geometry)")
    database.execute(f"ALTER TABLE {table} ALTER geom SET STORAGE EXTERNAL, SET (parallel_workers = 1)")
    with database.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in enumerate(shapely.to_wkb(geometries, hex=True)):
            copy.write_row(row)
    database.execute(f"CREATE INDEX ON {table} USING gist (geom)")
    database.execute(f"VACUUM ANALYZE {table}")


def main(folder, connection):
    with psycopg.connect(connection, autocommit=True) as database:
        database.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        for setting in SETTINGS.split(";"):
            database.execute(setting)
        [version] = database.execute("SELECT postgis_lib_version() || ', GEOS ' || postgis_geos_version()").fetchone()
        for case, zones, blocks in cases(folder):
            load(database, "zones", zones)
            load(database, "blocks", blocks)
            for threads in (1, 2):
                database.execute(f"SET max_parallel_workers_per_gather = {threads - 1}")
                for task, queries in (("pairs", PAIRS | BOXES), ("unions", UNIONS)):
                    ways = variants(queries, lambda sql: database.execute(sql).fetchone(), "ST_Union", "OFFSET 0")
                    time_variants("PostGIS", f"postgis {version}", case, task, threads, ways)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
