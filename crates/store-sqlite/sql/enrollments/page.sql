SELECT id FROM enrollments WHERE id < ?1 ORDER BY id DESC LIMIT ?2
