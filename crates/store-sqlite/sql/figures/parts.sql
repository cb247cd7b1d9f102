SELECT kind, name, people, enrolled, second
FROM parts
WHERE kind = ?1 AND people > 0
ORDER BY people DESC, name
LIMIT ?2
