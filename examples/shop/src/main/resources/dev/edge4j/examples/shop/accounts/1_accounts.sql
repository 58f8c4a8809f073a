-- Accounts where they have a store of their own. Times are milliseconds since 1970.
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT UNIQUE NOT NULL,
  name TEXT NOT NULL,
  region TEXT,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
