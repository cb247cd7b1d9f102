INSERT INTO sessions (id, person, authenticator, secret, began, expires, seen, browser)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
