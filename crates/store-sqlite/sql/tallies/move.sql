INSERT INTO tallies (name, count)
VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET count = count + excluded.count
