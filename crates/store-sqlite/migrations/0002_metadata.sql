-- The file of the FIDO metadata in force, some ten megabytes. It has a table of its own, so that no
-- other read passes its pages. Its digest is in the state of its stream.
CREATE TABLE metadata_file (
    -- There is one.
    only INTEGER PRIMARY KEY CHECK (only = 1),
    bytes BLOB NOT NULL
) STRICT;
