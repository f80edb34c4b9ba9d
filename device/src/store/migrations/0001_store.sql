-- The device's store, except for the projections, which have migrations of their own.
-- Times are Unix milliseconds; ids and hashes are their bytes.

-- Records that are on this device.
CREATE TABLE documents (
    n        INTEGER PRIMARY KEY,           -- local number: short keys everywhere else
    id       BLOB    NOT NULL UNIQUE,       -- record id, 16 bytes
    kind     INTEGER NOT NULL,              -- 1 inspection, 2 finding, as on the wire
    snapshot BLOB,                          -- zstd of what Automerge saved; holds acknowledged changes alone
    heads    BLOB    NOT NULL DEFAULT x'',  -- hashes of the heads, ascending, 32 bytes each
    opened   INTEGER NOT NULL DEFAULT 0,    -- when its person opened it here; 0 = new
    leaving  INTEGER NOT NULL DEFAULT 0     -- 1: out of scope; goes when its own work is sent
) STRICT;

-- What lists and numbers read of each record; made from it, and made anew when `shape` is old.
CREATE TABLE projections (
    doc     INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    shape   INTEGER NOT NULL,
    content TEXT    NOT NULL                -- JSON
) STRICT;

-- Changes since the snapshot, in order of arrival; own ones that the relay hasn't are here always.
CREATE TABLE changes (
    n    INTEGER PRIMARY KEY,
    doc  INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    hash BLOB    NOT NULL,                  -- 32 bytes
    raw  BLOB    NOT NULL,                  -- the change chunk
    own  INTEGER NOT NULL DEFAULT 0         -- 1: written here and not acknowledged
) STRICT;
CREATE UNIQUE INDEX changes_of ON changes (doc, hash);
CREATE INDEX changes_own ON changes (doc, n) WHERE own = 1;

-- What the relay says of each push: its proof of receipt.
CREATE TABLE pushes (
    n         INTEGER PRIMARY KEY,
    root      BLOB    NOT NULL UNIQUE,      -- Merkle root, 32 bytes: names the push
    received  INTEGER NOT NULL,             -- the relay's clock
    device    BLOB    NOT NULL,             -- 16 bytes
    signature BLOB    NOT NULL              -- the device's, 64 bytes
) STRICT;

-- Which changes came in which push: those of the actor up to this seq and above the row before.
CREATE TABLE receipts (
    doc   INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    actor BLOB    NOT NULL,                 -- 20 bytes
    seq   INTEGER NOT NULL,
    push  INTEGER NOT NULL REFERENCES pushes (n),
    PRIMARY KEY (doc, actor, seq)
) STRICT, WITHOUT ROWID;

-- Commands that the relay doesn't have yet, oldest first, each beside its change.
CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    doc     INTEGER NOT NULL REFERENCES documents (n),
    hash    BLOB,                           -- its change; NULL: it waits, for it can be undone
    draft   TEXT    NOT NULL,               -- what it puts, for doing it again on another history
    command TEXT    NOT NULL,               -- the request that it came from
    written INTEGER NOT NULL,               -- when its person did it
    due     INTEGER NOT NULL DEFAULT 0,     -- a waiting one becomes a change then
    push    INTEGER NOT NULL DEFAULT 0,     -- the push under way that holds it; 0 = none
    held    INTEGER NOT NULL DEFAULT 0      -- how often the relay held it
) STRICT;
CREATE INDEX outbox_of ON outbox (doc, id);

-- Commands that weren't accepted, kept with their reason, words and photos.
CREATE TABLE refused (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id   BLOB    NOT NULL,              -- the record, which may not be here (any more)
    kind     INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    details  TEXT    NOT NULL DEFAULT '{}', -- parameters of the reason's text
    draft    TEXT    NOT NULL,
    command  TEXT    NOT NULL,
    written  INTEGER NOT NULL,
    refused  INTEGER NOT NULL,
    beside   INTEGER NOT NULL DEFAULT 0,    -- changes of the same push that were accepted
    resolved TEXT                           -- what was done with it
) STRICT;

-- The register's rows as the relay sent them.
CREATE TABLE register_rows (
    revision   INTEGER PRIMARY KEY,
    tab        TEXT    NOT NULL,            -- table's name
    id         TEXT    NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER,
    fields     TEXT    NOT NULL             -- JSON
) STRICT;

-- Who this device is and how far it read the relay's log: one row.
CREATE TABLE sync_state (
    only         INTEGER PRIMARY KEY CHECK (only = 1),
    actor        BLOB    NOT NULL,              -- the writer of this file, 20 bytes
    relay        TEXT    NOT NULL DEFAULT '',   -- base address
    organisation BLOB,                          -- 16 bytes; NULL: not enrolled
    person       BLOB,
    device       BLOB,
    token        TEXT    NOT NULL DEFAULT '',
    epoch        BLOB,                          -- the relay's life that the cursor belongs to
    cursor       BLOB    NOT NULL DEFAULT x'',
    revision     INTEGER NOT NULL DEFAULT 0,    -- of the register, as the relay says
    clock_off    INTEGER,                       -- device - relay
    synced       INTEGER,                       -- the relay's time of the last complete sync
    last_time    INTEGER NOT NULL DEFAULT 0,    -- newest time written or heard, for a clock out of range
    push         INTEGER NOT NULL DEFAULT 0     -- number of the last push begun
) STRICT;

-- When devices in the person's area last synced: for those who supervise.
CREATE TABLE last_syncs (
    device BLOB    PRIMARY KEY,             -- 16 bytes
    at     INTEGER NOT NULL                 -- the relay's clock
) STRICT, WITHOUT ROWID;

-- The sync log that its person can read.
CREATE TABLE sync_log (
    n        INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    sent     INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL DEFAULT 0,
    photos   INTEGER NOT NULL DEFAULT 0,
    problem  TEXT                               -- JSON of the problem
) STRICT;

-- Photos, thumbnails and drawings, whose bytes the host keeps by hash.
CREATE TABLE blobs (
    hash   BLOB    PRIMARY KEY,             -- 32 bytes
    size   INTEGER NOT NULL,                -- bytes; 0 until it is here
    here   INTEGER NOT NULL DEFAULT 0,      -- 1: the bytes are on this device
    own    INTEGER NOT NULL DEFAULT 0,      -- 1: made here
    unsent INTEGER NOT NULL DEFAULT 0,      -- 1: a change names it and it isn't at the relay yet
    sent   INTEGER NOT NULL DEFAULT 0,      -- 1: the relay has it
    absent INTEGER NOT NULL DEFAULT 0,      -- 1: the relay didn't have it when it was asked
    wanted INTEGER NOT NULL DEFAULT 0,      -- 1: to be fetched
    rank   INTEGER NOT NULL DEFAULT 0,      -- lower goes first: thumbnails before pictures
    added  INTEGER NOT NULL DEFAULT 0,
    tries  INTEGER NOT NULL DEFAULT 0,      -- how often the relay said no
    again  INTEGER NOT NULL DEFAULT 0       -- not before this
) STRICT, WITHOUT ROWID;
CREATE INDEX blobs_unsent ON blobs (rank, added) WHERE unsent = 1;
CREATE INDEX blobs_wanted ON blobs (rank, added) WHERE wanted = 1;

-- Marked before foreign changes are applied and cleared with them: what is still here at the next
-- start ended the app.
CREATE TABLE applying (
    id    BLOB    PRIMARY KEY,              -- record id
    tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Records that this version of the app can't hold; the next one asks the relay for them whole.
CREATE TABLE quarantine (
    id      BLOB    PRIMARY KEY,            -- record id
    at      INTEGER NOT NULL,
    version TEXT    NOT NULL                -- of the app that couldn't
) STRICT, WITHOUT ROWID;
