SELECT id, person, kind, stage, opened, invited_from, expires, deadline
FROM enrollments
WHERE id = ?1
