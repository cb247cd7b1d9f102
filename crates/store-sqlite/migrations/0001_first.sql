-- Times are microseconds since 1970 UTC; ids are 16 bytes, digests 32.
--
-- There are no foreign keys: the events decide what exists, these tables follow them, and a
-- violation found at COMMIT would refuse the neighbours in the same batch.

CREATE TABLE streams (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY,
    log TEXT NOT NULL,
    -- Stream and version are absent in notes.
    stream_kind TEXT,
    stream_id BLOB,
    version INTEGER,
    open BLOB NOT NULL,
    -- Erasure clears salt and confidential; inner stays.
    salt BLOB,
    confidential BLOB,
    inner_digest BLOB,
    digest BLOB NOT NULL,
    -- The index in its log, once it has one.
    leaf INTEGER
) STRICT;

CREATE UNIQUE INDEX entries_by_stream ON entries (stream_kind, stream_id, version)
    WHERE stream_id IS NOT NULL;
CREATE UNIQUE INDEX entries_by_leaf ON entries (log, leaf) WHERE leaf IS NOT NULL;
CREATE INDEX entries_without_leaf ON entries (log, sequence) WHERE leaf IS NULL;

-- One row: the newest decision's time. No later decision may be before it.
CREATE TABLE last_event (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    at INTEGER NOT NULL
) STRICT;

-- One row from an erasure until the file was written anew, so that no crash forgets that.
CREATE TABLE scrub (
    only INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

CREATE TABLE reservations (
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    owner BLOB NOT NULL,
    ends INTEGER,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX reservations_by_end ON reservations (ends) WHERE ends IS NOT NULL;

CREATE TABLE people (
    id BLOB PRIMARY KEY,
    external_id TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    user_name TEXT NOT NULL,
    personal_email TEXT NOT NULL,
    -- personal_email as it is compared.
    email_key TEXT NOT NULL,
    sponsor BLOB,
    start_date TEXT NOT NULL,
    worker_type TEXT NOT NULL,
    department TEXT,
    -- A JSON array of names.
    groups TEXT NOT NULL,
    active INTEGER NOT NULL,
    authenticators INTEGER NOT NULL,
    enrollment BLOB,
    -- What people_words holds of this row, so that an unchanged name costs nothing.
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX people_by_external_id ON people (external_id) WHERE external_id <> '';
CREATE INDEX people_by_email ON people (email_key) WHERE email_key <> '';
CREATE INDEX people_by_sponsor ON people (sponsor, id) WHERE sponsor IS NOT NULL;

CREATE TABLE people_words (
    person BLOB NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (person, word)
) STRICT, WITHOUT ROWID;

CREATE INDEX people_words_by_word ON people_words (word, person);

CREATE TABLE enrollments (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    open INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    invited_from INTEGER,
    expires INTEGER NOT NULL,
    deadline INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX enrollments_by_person ON enrollments (person, id);
CREATE INDEX enrollments_by_stage ON enrollments (stage, id);
CREATE INDEX enrollments_open ON enrollments (id) WHERE open = 1;
CREATE INDEX enrollments_open_by_end ON enrollments (expires, id) WHERE open = 1;
CREATE INDEX enrollments_by_deadline ON enrollments (deadline, id) WHERE deadline IS NOT NULL;

CREATE TABLE attempts (
    id BLOB PRIMARY KEY,
    enrollment BLOB NOT NULL,
    key BLOB NOT NULL,
    began INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    pass_expires INTEGER,
    -- The pass's end when it holds one, else its own.
    ends INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(pass_expires, expires))
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_by_enrollment ON attempts (enrollment);
CREATE INDEX attempts_by_end ON attempts (ends, id);

CREATE TABLE authenticators (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    credential BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    backup_eligible INTEGER NOT NULL,
    aaguid BLOB NOT NULL,
    -- A JSON array of words.
    transports TEXT NOT NULL,
    name TEXT,
    active INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    last_used INTEGER,
    sign_count INTEGER NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE INDEX authenticators_by_person ON authenticators (person, bound, id);

CREATE TABLE roles (
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX roles_by_role ON roles (role, person);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    authenticator BLOB NOT NULL,
    secret BLOB NOT NULL,
    began INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    browser TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_person ON sessions (person, id);
CREATE INDEX sessions_by_end ON sessions (expires);

CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    body TEXT NOT NULL,
    due INTEGER NOT NULL,
    -- When a worker may take it: first due, then the end of a worker's lease or the next try.
    next INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0,
    error TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_by_next ON outbox (next, id) WHERE dead = 0;
CREATE INDEX outbox_dead ON outbox (due, id) WHERE dead = 1;

CREATE TABLE tallies (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A log appears here with its first indices.
CREATE TABLE logs (
    name TEXT PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE log_tiles (
    log TEXT NOT NULL,
    level INTEGER NOT NULL,
    tile INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (log, level, tile)
) STRICT;

CREATE TABLE log_checkpoints (
    log TEXT NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;
