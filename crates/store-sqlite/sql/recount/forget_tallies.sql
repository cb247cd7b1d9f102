DELETE FROM tallies
