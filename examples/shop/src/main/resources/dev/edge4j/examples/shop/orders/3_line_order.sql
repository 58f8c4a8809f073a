-- The order in which the lines of an order are shown, said by a column: other engines have no rowid.
ALTER TABLE order_lines ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE order_lines SET position = rowid;
