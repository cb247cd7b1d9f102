SELECT id, person, authenticator, secret, began, expires, seen, browser
FROM sessions
WHERE expires <= ?1
ORDER BY expires
LIMIT ?2
