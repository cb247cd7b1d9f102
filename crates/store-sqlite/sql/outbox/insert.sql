INSERT INTO outbox (id, body, due, next) VALUES (?1, ?2, ?3, ?3)
