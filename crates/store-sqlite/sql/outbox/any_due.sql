SELECT EXISTS (SELECT 1 FROM outbox WHERE dead = 0 AND next <= ?1)
