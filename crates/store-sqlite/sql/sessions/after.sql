SELECT id, person, authenticator, secret, began, expires, seen, browser
FROM sessions
WHERE id > ?1
ORDER BY id
LIMIT ?2
