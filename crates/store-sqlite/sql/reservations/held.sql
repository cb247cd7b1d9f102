SELECT EXISTS (
    SELECT 1
    FROM reservations
    WHERE kind = ?1 AND key = ?2 AND (ends IS NULL OR ?3 IS NULL OR ends > ?3)
)
