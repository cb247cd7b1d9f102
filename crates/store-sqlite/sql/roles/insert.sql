INSERT INTO roles (person, role, seal) VALUES (?1, ?2, ?3)
