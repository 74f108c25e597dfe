-- The catalogue, beside the tables of geopackage.sql.

INSERT INTO gpkg_spatial_ref_sys
SELECT 'WGS 84 / UTM zone ' || zone || 'S', 32700 + zone, 'EPSG', 32700 + zone,
  'PROJCS["WGS 84 / UTM zone ' || zone || 'S",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",'
  || (zone * 6 - 183) || '],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",10000000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","' || (32700 + zone) || '"]]',
  'the zone of the column «land» where home_zone is ' || zone
FROM (SELECT 17 AS zone UNION ALL SELECT 18 UNION ALL SELECT 19);

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
