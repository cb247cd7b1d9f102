SELECT log, sequence, stream_kind, stream_id, version, open, salt, confidential, inner_digest,
    digest, leaf
FROM entries
WHERE sequence > ?1
ORDER BY sequence
LIMIT ?2
