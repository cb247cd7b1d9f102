DELETE FROM sessions WHERE person = ?1 AND authenticator = ?2
