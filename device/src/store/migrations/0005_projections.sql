-- Projections are kept as bytes: all of them are read at each start.
DROP TABLE projections;
CREATE TABLE projections (
    doc     INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    shape   INTEGER NOT NULL,
    content BLOB    NOT NULL                -- postcard
) STRICT;
