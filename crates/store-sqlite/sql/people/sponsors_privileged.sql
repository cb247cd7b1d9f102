-- ?2 is a JSON array of groups.
SELECT EXISTS (
    SELECT 1
    FROM people
    WHERE sponsor = ?1
        AND active = 1
        AND (
            EXISTS (SELECT 1 FROM roles WHERE person = people.id)
            OR EXISTS (
                SELECT 1
                FROM json_each(people.groups) AS held
                JOIN json_each(?2) AS wanted ON wanted.value = held.value
            )
        )
)
