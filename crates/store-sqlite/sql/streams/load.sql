SELECT version, at, state FROM streams WHERE kind = ?1 AND id = ?2
