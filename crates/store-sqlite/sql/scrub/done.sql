DELETE FROM scrub WHERE only = 1
