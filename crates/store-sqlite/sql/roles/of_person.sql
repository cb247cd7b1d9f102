SELECT person, role, seal FROM roles WHERE person = ?1 ORDER BY role
