INSERT INTO entries
    (log, stream_kind, stream_id, version, open, salt, confidential, inner_digest, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
