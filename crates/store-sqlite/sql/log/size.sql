SELECT size FROM logs WHERE name = ?1
