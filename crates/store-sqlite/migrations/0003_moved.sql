-- When each stream last moved: nothing may be decided about it at an earlier time. Of what moved before
-- this was kept it is not known, and nothing is earlier than that.
ALTER TABLE streams ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
