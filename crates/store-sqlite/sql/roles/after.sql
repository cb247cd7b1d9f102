SELECT person, role, seal
FROM roles
WHERE (person, role) > (?1, ?2)
ORDER BY person, role
LIMIT ?3
