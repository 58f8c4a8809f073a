-- Coupons, and what an order says of one. A coupon is a share or an amount of the sum, US cents; times are milliseconds since 1970.
CREATE TABLE coupons (
  code TEXT PRIMARY KEY,
  percent INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 90),
  amount_cents INTEGER NOT NULL DEFAULT 0 CHECK (amount_cents >= 0),
  minimum_cents INTEGER NOT NULL DEFAULT 0 CHECK (minimum_cents >= 0),
  expires_at INTEGER NOT NULL,
  once INTEGER NOT NULL DEFAULT 0 CHECK (once IN (0, 1)),
  CHECK (amount_cents = 0 OR amount_cents < minimum_cents)
);
CREATE TABLE coupon_uses (
  code TEXT NOT NULL REFERENCES coupons (code),
  user_id INTEGER NOT NULL REFERENCES users (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  PRIMARY KEY (code, user_id)
);
CREATE INDEX coupon_uses_order ON coupon_uses (order_id);

-- Samples. The last one has ended.
INSERT INTO coupons (code, percent, amount_cents, minimum_cents, expires_at, once) VALUES
  ('WELCOME10', 10, 0, 0, 4102444800000, 1),
  ('FIVEOFF', 0, 500, 3000, 4102444800000, 0),
  ('SPRING24', 20, 0, 0, 1719792000000, 0);

ALTER TABLE orders ADD COLUMN coupon TEXT;
ALTER TABLE orders ADD COLUMN discount_cents INTEGER NOT NULL DEFAULT 0;
-- Where it goes, as it stood on the form, as JSON; NULL for an order of a program that did not say.
ALTER TABLE orders ADD COLUMN address TEXT;
CREATE INDEX orders_status ON orders (status, id);
