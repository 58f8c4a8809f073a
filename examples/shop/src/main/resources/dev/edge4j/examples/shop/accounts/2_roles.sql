-- What an account may do.
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'customer';
