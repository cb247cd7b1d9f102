SELECT EXISTS (
    SELECT 1
    FROM entries
    WHERE stream_kind = ?1 AND stream_id = ?2 AND version = ?3
)
