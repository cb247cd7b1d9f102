INSERT INTO reservations (kind, key, owner, ends)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, key) DO UPDATE SET owner = excluded.owner, ends = excluded.ends
