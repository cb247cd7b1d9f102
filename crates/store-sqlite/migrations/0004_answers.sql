-- What programs were answered, so that one that asks again under the same idempotency key hears the same.
-- The reservation of the same key is what makes it happen once. No personal data: it outlives erasure.
CREATE TABLE answers (
    key BLOB PRIMARY KEY,
    -- The digest of what was asked.
    request BLOB NOT NULL,
    answer BLOB NOT NULL,
    ends INTEGER NOT NULL
) STRICT;

CREATE INDEX answers_by_end ON answers (ends);
