SELECT root FROM log_checkpoints WHERE log = ?1 AND size = ?2
