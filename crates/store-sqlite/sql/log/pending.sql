SELECT sequence, digest
FROM entries
WHERE log = ?1 AND leaf IS NULL
ORDER BY sequence
LIMIT ?2
