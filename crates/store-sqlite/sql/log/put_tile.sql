INSERT INTO log_tiles (log, level, tile, hashes)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log, level, tile) DO UPDATE SET hashes = excluded.hashes
