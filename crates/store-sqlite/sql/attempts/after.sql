SELECT id, enrollment, key, began, expires, pass_expires
FROM attempts
WHERE id > ?1
ORDER BY id
LIMIT ?2
