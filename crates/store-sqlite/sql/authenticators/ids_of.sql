SELECT id FROM authenticators WHERE person = ?1
