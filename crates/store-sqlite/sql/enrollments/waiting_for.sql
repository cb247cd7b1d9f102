SELECT enrollments.id
FROM people
JOIN enrollments ON enrollments.person = people.id
WHERE people.sponsor = ?1 AND enrollments.open = 1
    AND (enrollments.stage IN ('begun', 'contested'), enrollments.id) < (?2, ?3)
ORDER BY enrollments.stage IN ('begun', 'contested') DESC, enrollments.id DESC
LIMIT ?4
