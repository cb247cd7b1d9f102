SELECT id FROM enrollments WHERE open = 1 ORDER BY expires, id LIMIT ?1
