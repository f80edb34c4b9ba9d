-- Who did it: a person's id; null for whoever has the relay's command line.
ALTER TABLE acts ADD COLUMN by BLOB;
