INSERT INTO streams (kind, id, version, at, state)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, at = excluded.at, state = excluded.state
