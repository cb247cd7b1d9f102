DELETE FROM attempts WHERE enrollment = ?1
