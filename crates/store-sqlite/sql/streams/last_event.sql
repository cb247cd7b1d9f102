SELECT at FROM last_event WHERE only = 1
