-- Figures by week and by part. Whoever makes these tables counts what is there already, from the events;
-- the row says that this is due.
CREATE TABLE weeks (
    -- Of whom: a kind of part, and its name.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Its Monday, such as 2026-03-30.
    week TEXT NOT NULL,
    measure TEXT NOT NULL,
    -- The number of a range of durations; zero where nothing is measured.
    bucket INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, name, week, measure, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE parts (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    people INTEGER NOT NULL,
    enrolled INTEGER NOT NULL,
    second INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX parts_by_size ON parts (kind, people DESC, name);

CREATE TABLE recount (
    only INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

INSERT INTO recount (only) VALUES (1);

-- Invitations that were not expected, by their enrollment, until it is over.
CREATE TABLE unexpected (
    enrollment BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX unexpected_by_time ON unexpected (at, enrollment);
