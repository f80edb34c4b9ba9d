-- What went out and was not accepted is told in the sync log, too.
ALTER TABLE sync_log ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
