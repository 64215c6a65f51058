-- Keys that replaced one another are one line: what limits one of them limits them together.
ALTER TABLE "api_key" ADD COLUMN "line_id" TEXT;

WITH RECURSIVE line AS (
  SELECT id, id AS first FROM api_key WHERE replaces_id IS NULL
  UNION ALL
  SELECT k.id, line.first FROM api_key k JOIN line ON k.replaces_id = line.id
)
UPDATE api_key k SET line_id = line.first FROM line WHERE line.id = k.id AND line.first <> k.id;
