-- ?4 is a stage or null; ?5 is 1 when only open ones are wanted.
SELECT id
FROM enrollments
WHERE person = ?3 AND id < ?1 AND (?4 IS NULL OR stage = ?4) AND (?5 = 0 OR open = 1)
ORDER BY id DESC
LIMIT ?2
