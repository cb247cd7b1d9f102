-- For words that many people have: walks people, newest first, until enough have all of them.
SELECT id
FROM people
WHERE id < ?1
    AND NOT EXISTS (
        SELECT 1
        FROM json_each(?3) AS wanted
        WHERE NOT EXISTS (
            SELECT 1
            FROM people_words
            WHERE person = people.id
                AND word >= wanted.value
                AND word < wanted.value || char(1114111)
        )
    )
ORDER BY id DESC
LIMIT ?2
