DELETE FROM people_words WHERE person = ?1 AND word = ?2
