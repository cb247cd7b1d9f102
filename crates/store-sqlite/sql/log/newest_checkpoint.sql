SELECT note FROM log_checkpoints WHERE log = ?1 ORDER BY size DESC LIMIT 1
