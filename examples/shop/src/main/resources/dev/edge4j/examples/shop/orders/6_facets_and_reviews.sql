-- What lists are narrowed by. A name is made of three words: whose series it is of, its material, what it is.
ALTER TABLE goods ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE goods ADD COLUMN material TEXT NOT NULL DEFAULT '';
ALTER TABLE goods ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE goods ADD COLUMN ratings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE goods ADD COLUMN rating_sum INTEGER NOT NULL DEFAULT 0;
UPDATE goods SET series = lower(substr(name, 1, instr(name, ' ') - 1)), kind = lower(substr(name, instr(name, ' ') + 1));
UPDATE goods SET material = substr(kind, 1, instr(kind, ' ') - 1), kind = replace(substr(kind, instr(kind, ' ') + 1), ' ', '-');
CREATE INDEX goods_kind_newest ON goods (category, kind, created_at DESC, id DESC);
CREATE INDEX goods_series ON goods (kind, series);

-- What customers write, one review for each product and account; those that the shop opens with have no account.
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES goods (id),
  user_id INTEGER,
  author TEXT NOT NULL,
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body TEXT NOT NULL,
  bought INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (product_id, user_id)
);
CREATE INDEX reviews_newest ON reviews (product_id, created_at DESC, id DESC);

DROP VIEW products;
CREATE VIEW products (id, name, description, price_cents, category, stock, picture, created_at, series, material, kind, ratings, rating_sum) AS
  SELECT g.id, g.name, g.description, g.price_cents, g.category, s.available, g.picture, g.created_at, g.series, g.material, g.kind,
    g.ratings, g.rating_sum
  FROM goods g JOIN stock s ON s.product_id = g.id;

DROP TRIGGER goods_repriced;
CREATE TRIGGER goods_changed AFTER UPDATE OF price_cents, ratings, rating_sum ON goods
BEGIN
  UPDATE stock SET version = (SELECT max(version) FROM stock) + 1 WHERE product_id = new.id;
END;
