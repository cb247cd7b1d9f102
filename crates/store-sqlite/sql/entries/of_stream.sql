SELECT log, sequence, stream_kind, stream_id, version, open, salt, confidential, inner_digest,
    digest, leaf
FROM entries
WHERE stream_kind = ?1 AND stream_id = ?2
ORDER BY version
