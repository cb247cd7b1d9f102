SELECT id, body, due, tries, error
FROM outbox
WHERE dead = 0
ORDER BY due, id
LIMIT ?1
