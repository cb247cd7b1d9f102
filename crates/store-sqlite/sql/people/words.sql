SELECT words FROM people WHERE id = ?1
