SELECT digest
FROM entries
WHERE log = ?1 AND leaf >= ?2
ORDER BY leaf
LIMIT ?3
