SELECT kind, key, owner, ends
FROM reservations
WHERE kind = ?1 AND key = ?2
