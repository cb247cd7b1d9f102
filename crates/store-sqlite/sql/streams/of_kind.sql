SELECT kind, id, version, at, state
FROM streams
WHERE kind = ?1
ORDER BY id
LIMIT ?2
