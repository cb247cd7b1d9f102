SELECT week, measure, bucket, count
FROM weeks
WHERE kind = ?1 AND name = ?2 AND week >= ?3 AND count <> 0
