INSERT INTO people_words (person, word) VALUES (?1, ?2)
