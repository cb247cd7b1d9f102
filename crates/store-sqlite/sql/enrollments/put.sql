INSERT INTO enrollments
    (id, person, kind, stage, open, opened, invited_from, expires, deadline)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET
    person = excluded.person,
    kind = excluded.kind,
    stage = excluded.stage,
    open = excluded.open,
    opened = excluded.opened,
    invited_from = excluded.invited_from,
    expires = excluded.expires,
    deadline = excluded.deadline
