SELECT EXISTS (
    SELECT 1
    FROM people_words
    WHERE person = ?1 AND word >= ?2 AND word < ?2 || char(1114111)
)
