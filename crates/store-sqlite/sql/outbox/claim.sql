UPDATE outbox
SET next = ?2, tries = tries + 1
WHERE id IN (SELECT id FROM outbox WHERE dead = 0 AND next <= ?1 ORDER BY next, id LIMIT ?3)
RETURNING id, body, due, tries - 1, error
