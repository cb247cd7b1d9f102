UPDATE sessions SET seen = ?2 WHERE id = ?1
