INSERT INTO answers (key, request, answer, ends)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (key) DO UPDATE SET request = excluded.request, answer = excluded.answer, ends = excluded.ends
