-- ?4 is a stage or null; ?5 is 1 when only open ones are wanted.
-- ?6 is a JSON array of words, each of which must begin one of the person's.
SELECT id
FROM enrollments
WHERE person = ?3
    AND id < ?1
    AND (?4 IS NULL OR stage = ?4)
    AND (?5 = 0 OR open = 1)
    AND NOT EXISTS (
        SELECT 1
        FROM json_each(?6) AS wanted
        WHERE NOT EXISTS (
            SELECT 1
            FROM people_words
            WHERE person = enrollments.person
                AND word >= wanted.value
                AND word < wanted.value || char(1114111)
        )
    )
ORDER BY id DESC
LIMIT ?2
