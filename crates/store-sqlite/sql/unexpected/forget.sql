DELETE FROM unexpected WHERE enrollment = ?1
