-- The table of one layer kind, «{table}». A row belongs to the editions of its series whose ordinal n satisfies
-- edition_from <= n AND (edition_to IS NULL OR n < edition_to).

CREATE TABLE "{table}" (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  key TEXT NOT NULL,
  series_id INTEGER NOT NULL REFERENCES tupu_series(series_id),
  edition_from INTEGER NOT NULL,
  edition_to INTEGER,
  name TEXT,
  source_row INTEGER NOT NULL,
  home_zone INTEGER,
  content_sha256 BLOB NOT NULL,
  attributes TEXT NOT NULL,
  source_fields TEXT NOT NULL,
  geom GEOMETRY NOT NULL,
  land BLOB,
  source_geom BLOB
);

CREATE UNIQUE INDEX "{table}_versions" ON "{table}" (series_id, key, edition_from);
CREATE INDEX "{table}_editions" ON "{table}" (series_id, edition_to);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('{table}', 'features', '{table}', 'Todas las ediciones de la capa; una vista por edición', 4326);
INSERT INTO gpkg_geometry_columns VALUES ('{table}', 'geom', 'GEOMETRY', 4326, 0, 0);
INSERT INTO gpkg_extensions VALUES
  ('{table}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');

-- The R-tree of annex F.3 of the standard; its triggers are in tree_triggers.sql.
CREATE VIRTUAL TABLE "rtree_{table}_geom" USING rtree(id, minx, maxx, miny, maxy);

-- Editions are immutable, for every program that opens the file.
CREATE TRIGGER "{table}_content_is_kept"
BEFORE UPDATE OF fid, key, series_id, edition_from, name, home_zone, content_sha256, attributes, source_fields, geom, land, source_geom
ON "{table}"
BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END;
CREATE TRIGGER "{table}_rows_are_kept" BEFORE DELETE ON "{table}"
BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END;
