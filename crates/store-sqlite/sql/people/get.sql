SELECT id, external_id, given_name, family_name, user_name, personal_email, sponsor, start_date,
    worker_type, department, active, authenticators, enrollment, groups
FROM people
WHERE id = ?1
