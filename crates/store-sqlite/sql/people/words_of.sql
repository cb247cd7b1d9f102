SELECT word FROM people_words WHERE person = ?1
