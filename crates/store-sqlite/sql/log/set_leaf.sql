UPDATE entries SET leaf = ?2 WHERE sequence = ?1
