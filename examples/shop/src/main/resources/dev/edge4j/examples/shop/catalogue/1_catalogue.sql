-- The edge copy of the catalogue. Prices are US cents, times milliseconds since 1970.
CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents > 0),
  category TEXT NOT NULL,
  stock INTEGER NOT NULL DEFAULT 0,
  picture INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX products_newest ON products (created_at DESC, id DESC);
CREATE INDEX products_price ON products (price_cents, id);
CREATE INDEX products_category_newest ON products (category, created_at DESC, id DESC);
CREATE INDEX products_category_price ON products (category, price_cents, id);
CREATE INDEX products_category_name ON products (category, name, id);

-- Up to which version of the origin's stock this copy has come.
CREATE TABLE stock_feed (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  position INTEGER NOT NULL
);
INSERT INTO stock_feed (only_row, position) VALUES (1, 0);
