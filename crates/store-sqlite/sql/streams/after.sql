SELECT kind, id, version, state
FROM streams
WHERE (kind, id) > (?1, ?2)
ORDER BY kind, id
LIMIT ?3
