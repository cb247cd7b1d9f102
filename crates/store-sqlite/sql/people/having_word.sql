SELECT person
FROM people_words
WHERE word >= ?1 AND word < ?1 || char(1114111) AND person < ?2
LIMIT ?3
