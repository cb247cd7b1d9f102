-- As late as the reservations of the same keys.
DELETE FROM answers
WHERE key IN (
    SELECT key
    FROM answers
    WHERE ends <= (SELECT at FROM last_event WHERE only = 1) - 3600000000
    ORDER BY ends
    LIMIT ?1
)
