INSERT INTO log_checkpoints (log, size, root, note)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log, size) DO UPDATE SET note = excluded.note
