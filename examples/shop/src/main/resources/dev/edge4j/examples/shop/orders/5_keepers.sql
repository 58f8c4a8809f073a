-- What an account may do, and what was changed by those who may change the goods.
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'customer';
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  what TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
