SELECT id, body, due, tries, error
FROM outbox
WHERE dead = 1
ORDER BY due, id
LIMIT ?1
