SELECT kind, name, week, measure, bucket, count FROM weeks
