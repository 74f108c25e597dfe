-- An R-tree is no «innocuous» table for SQLite 3.40: with trusted_schema off its triggers cannot run. A publication
-- takes them away, writes the R-tree itself and puts them back, all in its one transaction.

DROP TRIGGER "rtree_{table}_geom_insert";
DROP TRIGGER "rtree_{table}_geom_update1";
DROP TRIGGER "rtree_{table}_geom_update2";
DROP TRIGGER "rtree_{table}_geom_update3";
DROP TRIGGER "rtree_{table}_geom_update4";
DROP TRIGGER "rtree_{table}_geom_delete";
