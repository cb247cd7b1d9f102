SELECT id, person, credential, public_key, backup_eligible, aaguid, transports, name, active, bound,
    last_used, sign_count, seal
FROM authenticators
WHERE credential = ?1
