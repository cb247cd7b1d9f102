SELECT kind, name, people, enrolled, second FROM parts
