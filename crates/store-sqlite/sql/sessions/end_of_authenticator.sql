DELETE FROM sessions WHERE authenticator = ?1
