-- What must be one truth: accounts, stock, orders. Prices are US cents, times milliseconds since 1970.
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT UNIQUE NOT NULL,
  name TEXT NOT NULL,
  region TEXT,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

-- version grows with every change, over all products: the edge copies ask for what is newer than theirs.
CREATE TABLE stock (
  product_id INTEGER PRIMARY KEY,
  available INTEGER NOT NULL CHECK (available >= 0),
  version INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stock_version ON stock (version);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  total_cents INTEGER NOT NULL CHECK (total_cents > 0),
  status TEXT NOT NULL DEFAULT 'pending',
  -- The state of the cart it was made of, which is sold once; NULL for an order without a cart.
  cart_stamp TEXT UNIQUE,
  created_at INTEGER NOT NULL
);
CREATE INDEX orders_user ON orders (user_id, id DESC);

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  picture INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_cents INTEGER NOT NULL,
  PRIMARY KEY (order_id, product_id)
);

-- Which request made which order, so that a repeated one makes no second.
CREATE TABLE order_keys (
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  PRIMARY KEY (user_id, key)
);
