UPDATE outbox SET dead = 1, error = ?2 WHERE id = ?1
