UPDATE outbox SET dead = 0, tries = 0, next = ?2 WHERE id = ?1 AND dead = 1
