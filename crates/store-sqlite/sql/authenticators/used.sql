UPDATE authenticators SET last_used = ?2, sign_count = ?3 WHERE id = ?1
