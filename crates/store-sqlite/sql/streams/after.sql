SELECT kind, id, version, at, state
FROM streams
WHERE (kind, id) > (?1, ?2)
ORDER BY kind, id
LIMIT ?3
