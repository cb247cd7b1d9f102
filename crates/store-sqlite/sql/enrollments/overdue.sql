SELECT id
FROM enrollments
WHERE deadline IS NOT NULL AND deadline <= ?1
ORDER BY deadline, id
LIMIT ?2
