SELECT EXISTS (SELECT 1 FROM sessions WHERE id = ?1 AND person = ?2)
