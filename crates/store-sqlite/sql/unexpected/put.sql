INSERT INTO unexpected (enrollment, at)
VALUES (?1, ?2)
ON CONFLICT (enrollment) DO UPDATE SET at = excluded.at
