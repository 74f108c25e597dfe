-- Strips of drained grids, known by the SHA-256 of their bytes: features of «drainage» name theirs in order.

CREATE TABLE IF NOT EXISTS tupu_strips (
  sha256 BLOB PRIMARY KEY NOT NULL,
  bytes BLOB NOT NULL
);
CREATE TRIGGER IF NOT EXISTS tupu_strips_content_is_kept BEFORE UPDATE ON tupu_strips
BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END;
CREATE TRIGGER IF NOT EXISTS tupu_strips_rows_are_kept BEFORE DELETE ON tupu_strips
BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END;
