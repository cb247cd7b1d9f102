SELECT id, enrollment, key, began, expires, pass_expires
FROM attempts
WHERE enrollment = ?1
