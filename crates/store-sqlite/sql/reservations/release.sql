DELETE FROM reservations WHERE kind = ?1 AND key = ?2
