DELETE FROM roles WHERE person = ?1
