-- The tables that OGC 12-128r17 (GeoPackage 1.3) asks of every file, and the catalogue.

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

INSERT INTO gpkg_spatial_ref_sys
SELECT 'WGS 84 / UTM zone ' || zone || 'S', 32700 + zone, 'EPSG', 32700 + zone,
  'PROJCS["WGS 84 / UTM zone ' || zone || 'S",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",'
  || (zone * 6 - 183) || '],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",10000000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","' || (32700 + zone) || '"]]',
  'the zone of the column «land» where home_zone is ' || zone
FROM (SELECT 17 AS zone UNION ALL SELECT 18 UNION ALL SELECT 19);

CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- format_version and generation; the row format_version is what makes a GeoPackage a store of ours.
CREATE TABLE tupu_meta (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
);

-- publisher × territory × kind; the slugs are what identifies it.
CREATE TABLE tupu_series (
  series_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  publisher TEXT NOT NULL,
  territory TEXT NOT NULL,
  publisher_slug TEXT NOT NULL,
  territory_slug TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  UNIQUE (kind, publisher_slug, territory_slug)
);

-- ordinal counts from 1 inside the series, in the order of publication; edition_no over the whole store.
CREATE TABLE tupu_editions (
  edition_no INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  edition TEXT NOT NULL UNIQUE,
  series_id INTEGER NOT NULL REFERENCES tupu_series(series_id),
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  visibility TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  published_at TEXT NOT NULL,
  withdrawn_at TEXT,
  scale_denominator INTEGER,
  sigma_m REAL,
  coverage TEXT NOT NULL,
  crs TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  operation_accuracy_m REAL NOT NULL,
  rows_read INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  repaired INTEGER NOT NULL,
  west REAL,
  south REAL,
  east REAL,
  north REAL,
  sha256 TEXT NOT NULL,
  synthetic INTEGER NOT NULL,
  quality TEXT NOT NULL,
  root TEXT,
  UNIQUE (series_id, ordinal)
);

CREATE TRIGGER tupu_editions_are_kept BEFORE DELETE ON tupu_editions
BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
  ('tupu_series', 'attributes', 'Series', 'Publicador y territorio de cada serie de ediciones'),
  ('tupu_editions', 'attributes', 'Ediciones', 'Catálogo de las ediciones publicadas');
