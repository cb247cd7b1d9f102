INSERT INTO streams (kind, id, version, state)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, state = excluded.state
