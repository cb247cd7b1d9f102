SELECT person FROM roles WHERE role = ?1 ORDER BY person DESC
