UPDATE entries
SET salt = NULL, confidential = NULL
WHERE stream_kind = ?1 AND stream_id = ?2 AND version = ?3
