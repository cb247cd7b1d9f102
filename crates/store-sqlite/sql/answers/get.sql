SELECT key, request, answer, ends
FROM answers
WHERE key = ?1
