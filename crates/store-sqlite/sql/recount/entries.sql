SELECT log, sequence, stream_kind, stream_id, version, open, salt, confidential, inner_digest,
    digest, leaf
FROM entries
WHERE stream_id IS NOT NULL AND stream_kind = ?1
ORDER BY stream_id, version
