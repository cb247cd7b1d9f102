INSERT INTO attempts (id, enrollment, key, began, expires, pass_expires)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
