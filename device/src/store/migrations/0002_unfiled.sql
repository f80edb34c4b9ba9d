-- What sheets hold until it is filed: a report, a rectification. It stays on this device.
CREATE TABLE unfiled (
    name    TEXT    PRIMARY KEY,            -- which sheet, of which record
    content TEXT    NOT NULL,               -- the sheet's own words, opaque here but for the hashes of photos
    kept    INTEGER NOT NULL                -- when, Unix milliseconds
) STRICT, WITHOUT ROWID;
