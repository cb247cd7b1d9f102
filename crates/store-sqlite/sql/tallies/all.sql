SELECT name, count FROM tallies
