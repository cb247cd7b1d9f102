SELECT held.id, held.person, held.credential, held.public_key, held.backup_eligible, held.aaguid,
    held.transports, held.name, held.active, held.bound, held.last_used, held.sign_count, held.seal,
    coalesce(holder.version, 0), coalesce(holder.at, 0), coalesce(holder.state, x'')
FROM authenticators AS held
LEFT JOIN streams AS holder ON holder.kind = ?2 AND holder.id = held.person
WHERE held.credential = ?1
