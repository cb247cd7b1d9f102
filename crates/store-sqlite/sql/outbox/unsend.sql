-- Reads the whole outbox: erasures are rare, and an index would cost every message.
DELETE FROM outbox
WHERE instr(body, ?1) > 0
    AND ?1 IN (body -> 'notice' ->> 'to', body -> 'invitation' ->> 'enrollment')
