-- An hour and more before the newest decision: nobody asks about those any more.
DELETE FROM reservations
WHERE (kind, key) IN (
    SELECT kind, key
    FROM reservations
    WHERE ends IS NOT NULL AND ends <= (SELECT at FROM last_event WHERE only = 1) - 3600000000
    ORDER BY ends
    LIMIT ?1
)
