-- last_used and sign_count of a row that is there stay: sign-ins move them, not states.
INSERT INTO authenticators
    (id, person, credential, public_key, backup_eligible, aaguid, transports, name, active, bound,
    last_used, sign_count, seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (id) DO UPDATE SET
    person = excluded.person,
    credential = excluded.credential,
    public_key = excluded.public_key,
    backup_eligible = excluded.backup_eligible,
    aaguid = excluded.aaguid,
    transports = excluded.transports,
    name = excluded.name,
    active = excluded.active,
    bound = excluded.bound,
    seal = excluded.seal
