-- What went out and was not accepted is told in the sync log, too. A new table, because SQLite for
-- browsers is built without what it checks a strict table with when a column is added.
CREATE TABLE sync_log_with_refused (
    n        INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    sent     INTEGER NOT NULL DEFAULT 0,        -- changes on which the relay gave its word
    refused  INTEGER NOT NULL DEFAULT 0,        -- those of them that it did not accept
    received INTEGER NOT NULL DEFAULT 0,
    photos   INTEGER NOT NULL DEFAULT 0,
    problem  TEXT                               -- JSON of the problem
) STRICT;
INSERT INTO sync_log_with_refused (n, at, sent, received, photos, problem)
    SELECT n, at, sent, received, photos, problem FROM sync_log;
DROP TABLE sync_log;
ALTER TABLE sync_log_with_refused RENAME TO sync_log;
