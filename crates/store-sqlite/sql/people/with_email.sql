SELECT id FROM people WHERE email_key = ?1 AND email_key <> '' ORDER BY id
