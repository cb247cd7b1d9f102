INSERT INTO last_event (only, at)
VALUES (1, ?1)
ON CONFLICT (only) DO UPDATE SET at = excluded.at WHERE excluded.at > at
