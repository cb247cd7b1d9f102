SELECT id, person, authenticator, secret, began, expires, seen, browser
FROM sessions
WHERE person = ?1
ORDER BY id DESC
