SELECT id, enrollment, key, began, expires, pass_expires
FROM attempts
ORDER BY ends, id
LIMIT ?1
