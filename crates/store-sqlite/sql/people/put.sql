INSERT INTO people
    (id, external_id, given_name, family_name, user_name, personal_email, email_key, sponsor,
    start_date, worker_type, department, active, authenticators, enrollment, words,
    groups)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (id) DO UPDATE SET
    external_id = excluded.external_id,
    given_name = excluded.given_name,
    family_name = excluded.family_name,
    user_name = excluded.user_name,
    personal_email = excluded.personal_email,
    email_key = excluded.email_key,
    sponsor = excluded.sponsor,
    start_date = excluded.start_date,
    worker_type = excluded.worker_type,
    department = excluded.department,
    active = excluded.active,
    authenticators = excluded.authenticators,
    enrollment = excluded.enrollment,
    words = excluded.words,
    groups = excluded.groups
