INSERT INTO metadata_file (only, bytes) VALUES (1, ?1)
ON CONFLICT (only) DO UPDATE SET bytes = excluded.bytes
