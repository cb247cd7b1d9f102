-- ?4 is a JSON array of words, each of which must begin one of the person's.
SELECT id
FROM enrollments
WHERE stage = ?3
    AND id < ?1
    AND NOT EXISTS (
        SELECT 1
        FROM json_each(?4) AS wanted
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
