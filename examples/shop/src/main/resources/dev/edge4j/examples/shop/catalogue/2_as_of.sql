-- When this copy was last known to have all that the origin had, in milliseconds since 1970; written at most once a minute if nothing changes.
ALTER TABLE stock_feed ADD COLUMN as_of INTEGER NOT NULL DEFAULT 0;
