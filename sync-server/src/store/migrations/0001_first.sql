-- The relay's file. `log` and `register` are the truth and only ever grow; everything else is kept
-- beside them and could be worked out again, but for devices, invitations and sessions, which
-- nobody else has. Ids are 16 bytes, hashes 32, times Unix milliseconds by the relay's clock.

-- Who this relay is; one row.
CREATE TABLE relay (
    one               INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    organisation      BLOB    NOT NULL, -- signed with every push
    epoch             BLOB    NOT NULL, -- 8 bytes, drawn anew when restored from a backup
    secret            BLOB    NOT NULL, -- 32 bytes, for nonces
    created           INTEGER NOT NULL,
    public_url        TEXT    NOT NULL DEFAULT '', -- where devices reach it, for invitations' links
    head              INTEGER NOT NULL DEFAULT 0, -- the last position given out
    audience_revision INTEGER NOT NULL DEFAULT 0  -- the register by which `audience` was worked out
) STRICT;

-- The organisation's rows with their history; the newest revision of (kind, id) holds.
CREATE TABLE register (
    revision   INTEGER NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL, -- core's register::Table
    id         TEXT    NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER,          -- set when the row was retired
    fields     TEXT    NOT NULL  -- JSON
) STRICT;
CREATE INDEX register_row ON register (kind, id, revision);

-- What only the relay knows of a device; the register has its person, key and revocation, too.
CREATE TABLE devices (
    n             INTEGER NOT NULL PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    person        BLOB    NOT NULL,
    public_key    BLOB    NOT NULL UNIQUE,
    enrolled      INTEGER NOT NULL,
    revoked       INTEGER,                    -- when
    last_sync     INTEGER NOT NULL DEFAULT 0, -- when it last asked
    told_revision INTEGER NOT NULL DEFAULT 0, -- the register that the last answer carried
    told_at       INTEGER NOT NULL DEFAULT 0  -- when that was
) STRICT;

CREATE TABLE invitations (
    code    BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the code: the file gives nobody in
    person  BLOB    NOT NULL,
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    device  INTEGER REFERENCES devices (n) -- which used it
) STRICT;

CREATE TABLE sessions (
    token   BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the token
    device  INTEGER NOT NULL REFERENCES devices (n),
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_expire ON sessions (expires);

CREATE TABLE documents (
    n          INTEGER NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    kind       INTEGER NOT NULL, -- core's RecordKind, by number
    first      INTEGER NOT NULL, -- position of its first change
    inspection BLOB              -- of a finding: the inspection that it is from
) STRICT;
CREATE INDEX documents_inspection ON documents (inspection) WHERE inspection IS NOT NULL;

-- One push: whose, when, and the proof.
CREATE TABLE pushes (
    n         INTEGER NOT NULL PRIMARY KEY,
    device    INTEGER NOT NULL REFERENCES devices (n),
    received  INTEGER NOT NULL,
    revision  INTEGER NOT NULL, -- the register that it was judged by
    root      BLOB    NOT NULL, -- Merkle root over `leaves`
    signature BLOB    NOT NULL, -- 64 bytes
    leaves    BLOB    NOT NULL, -- document id and hash of its last own change, 48 bytes each
    held      INTEGER NOT NULL  -- 1: something of it was held, so the same root may come again
) STRICT;
CREATE INDEX pushes_root ON pushes (device, root);

-- The raw changes in the relay's order: the truth, never deleted.
CREATE TABLE log (
    position INTEGER NOT NULL PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (n),
    push     INTEGER NOT NULL REFERENCES pushes (n),
    marked   INTEGER NOT NULL, -- 1: allowed by the register as the device knew it, not by that day's
    raw      BLOB    NOT NULL
) STRICT;
CREATE INDEX log_of_document ON log (document, position);

-- What was not appended, with the reason: a device may ask again, a person may ask why.
CREATE TABLE refusals (
    push     INTEGER NOT NULL REFERENCES pushes (n),
    part     INTEGER NOT NULL,
    position INTEGER NOT NULL, -- in the part
    document BLOB    NOT NULL,
    code     TEXT    NOT NULL, -- empty: refused with an ancestor
    rule     INTEGER NOT NULL DEFAULT 0,
    key      TEXT    NOT NULL DEFAULT '',
    details  TEXT    NOT NULL DEFAULT '{}', -- JSON
    raw      BLOB    NOT NULL,
    PRIMARY KEY (push, part, position)
) STRICT, WITHOUT ROWID;

-- Who may see a record, and from which position to which. Subjects: u:<unit>, s:<site>, p:<person>.
CREATE TABLE audience (
    document INTEGER NOT NULL REFERENCES documents (n),
    subject  TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    until    INTEGER, -- null: still
    PRIMARY KEY (document, subject, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX audience_since ON audience (subject, since, until);
CREATE INDEX audience_until ON audience (subject, until) WHERE until IS NOT NULL;

-- Blobs that are here whole; the bytes are files named by hash.
CREATE TABLE blobs (
    hash   BLOB    NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    stored INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The records that name a blob: whoever sees one of them may have it.
CREATE TABLE blob_names (
    hash     BLOB    NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (n),
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

-- What administrators did.
CREATE TABLE acts (
    n     INTEGER NOT NULL PRIMARY KEY,
    at    INTEGER NOT NULL,
    what  TEXT    NOT NULL, -- invite, revoke, setting, import, …
    about TEXT    NOT NULL  -- an id, a setting's name, a file's hash: never names of people
) STRICT;
