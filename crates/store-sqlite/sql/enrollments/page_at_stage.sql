SELECT id
FROM enrollments
WHERE stage = ?3 AND id < ?1
ORDER BY id DESC
LIMIT ?2
