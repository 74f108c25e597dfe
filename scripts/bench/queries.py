"""The two questions in SQL, as every database of the benchmark understands them. Tables: zones(id, geom), blocks(id, geom)."""

COUNTED = """SELECT sum(CASE WHEN area > 0 THEN 1 ELSE 0 END), sum(CASE WHEN area > 1000 THEN 1 ELSE 0 END), sum(area)
FROM ({areas} {fence}) AS measured"""

PAIRS = {
    "ST_Area(ST_Intersection)": """
        SELECT ST_Area(ST_Intersection(z.geom, b.geom)) AS area
        FROM zones z JOIN blocks b ON ST_Intersects(z.geom, b.geom)""",
}

UNIONS = {
    "ST_Union of the overlaps": """
        SELECT ST_Area({union}(ST_Intersection(z.geom, b.geom))) AS area
        FROM zones z JOIN blocks b ON ST_Intersects(z.geom, b.geom) GROUP BY z.id""",
    "overlap with the ST_Union of the blocks": """
        SELECT ST_Area(ST_Intersection(z.geom, u.geom)) AS area
        FROM zones z JOIN (
            SELECT z.id, {union}(b.geom) AS geom
            FROM zones z JOIN blocks b ON ST_Intersects(z.geom, b.geom) GROUP BY z.id
        ) u ON z.id = u.id""",
}


def variants(queries, ask, union="ST_Union_Agg", fence=""):
    """Ways of asking, for `measure.time_variants`; `ask` runs SQL and gives the one row. `fence` keeps a planner from merging the
    areas into the sums and measuring them three times."""
    def way(sql):
        text = COUNTED.format(areas=sql.format(union=union), fence=fence)
        return lambda: ask(text)
    return {how: way(sql) for how, sql in queries.items()}
