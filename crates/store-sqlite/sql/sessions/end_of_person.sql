DELETE FROM sessions WHERE person = ?1
