INSERT INTO weeks (kind, name, week, measure, bucket, count)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (kind, name, week, measure, bucket) DO UPDATE SET count = count + excluded.count
