UPDATE outbox SET next = ?2, error = ?3 WHERE id = ?1
