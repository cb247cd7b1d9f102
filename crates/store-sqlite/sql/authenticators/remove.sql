DELETE FROM authenticators WHERE id = ?1
