-- Where the features of a draft wait for their publication: a temporary file that vanishes with the process.
CREATE TEMP TABLE staged (
  stage INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT,
  source_row INTEGER NOT NULL,
  home_zone INTEGER,
  content_sha256 BLOB NOT NULL,
  attributes TEXT NOT NULL,
  source_fields TEXT NOT NULL,
  geom BLOB NOT NULL,
  land BLOB,
  source_geom BLOB
);

-- The strips of drainage models on their way.
CREATE TEMP TABLE staged_strips (
  sha256 BLOB PRIMARY KEY NOT NULL,
  bytes BLOB NOT NULL
);
