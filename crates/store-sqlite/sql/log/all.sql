SELECT name, size
FROM logs
UNION ALL
SELECT DISTINCT log, 0
FROM entries
WHERE leaf IS NULL AND log NOT IN (SELECT name FROM logs)
