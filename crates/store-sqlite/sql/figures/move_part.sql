INSERT INTO parts (kind, name, people, enrolled, second)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (kind, name) DO UPDATE SET
    people = people + excluded.people,
    enrolled = enrolled + excluded.enrolled,
    second = second + excluded.second
