SELECT id FROM people WHERE external_id = ?1 AND external_id <> ''
