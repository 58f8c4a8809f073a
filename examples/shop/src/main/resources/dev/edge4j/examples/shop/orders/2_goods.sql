-- What is sold, of which the edge has copies. Prices are US cents, times milliseconds since 1970.
CREATE TABLE goods (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents > 0),
  category TEXT NOT NULL,
  picture INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX goods_newest ON goods (created_at DESC, id DESC);
CREATE INDEX goods_category_newest ON goods (category, created_at DESC, id DESC);

-- The same columns as the edge copies have, so that a query for one of them can be answered here.
CREATE VIEW products (id, name, description, price_cents, category, stock, picture, created_at) AS
  SELECT g.id, g.name, g.description, g.price_cents, g.category, s.available, g.picture, g.created_at
  FROM goods g JOIN stock s ON s.product_id = g.id;

CREATE TRIGGER goods_repriced AFTER UPDATE OF price_cents ON goods
BEGIN
  UPDATE stock SET version = (SELECT max(version) FROM stock) + 1 WHERE product_id = new.id;
END;
