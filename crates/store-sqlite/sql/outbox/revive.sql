UPDATE outbox SET dead = 0, tries = 0, next = coalesce(?2, next) WHERE id = ?1 AND dead = 1
