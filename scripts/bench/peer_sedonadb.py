"""SedonaDB.    peer_sedonadb.py CASES_DIR THREADS

Its thread pool is set up once: the process is kept on THREADS processors, with as many partitions."""

import importlib.metadata
import sys

import geopandas
import sedona.db

from measure import cases, pin, time_variants
from queries import PAIRS, UNIONS, variants


def main(folder, threads):
    pin(threads)
    database = sedona.db.connect()
    database.sql(f"SET datafusion.execution.target_partitions = {threads}").execute()
    version = f"sedonadb {importlib.metadata.version('sedonadb')}"
    for case, zones, blocks in cases(folder):
        for table, geometries in (("zones", zones), ("blocks", blocks)):
            frame = geopandas.GeoDataFrame({"id": range(len(geometries))}, geometry=geometries)
            frame = frame.rename_geometry("geom")
            database.create_data_frame(frame).to_memtable().to_view(table, overwrite=True)

        def ask(sql):
            return tuple(database.sql(sql).to_pandas().iloc[0])

        for task, queries in (("pairs", PAIRS), ("unions", UNIONS)):
            time_variants("SedonaDB", version, case, task, threads, variants(queries, ask))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
