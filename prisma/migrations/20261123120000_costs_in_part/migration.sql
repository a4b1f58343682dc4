-- CreateIndex
CREATE INDEX "jobs_finished_at_idx" ON "jobs"("finished_at");

-- A batch that says it is completed and counts nothing comes from a server that does not count: its cost is not known. It is
-- costed anew at the next start.
UPDATE "batches" SET "cost" = NULL, "synchronous_cost" = NULL, "price_id" = NULL
WHERE "status" = 'completed' AND "cost" = 0 AND "requests_completed" = 0 AND "requests_failed" = 0
  AND ifnull("input_tokens", 0) + ifnull("output_tokens", 0) = 0;

-- Batches that were collected before costs were kept, and whose provider tells no tokens, have those of their results.
UPDATE "batches" SET "input_tokens" = "sums"."input_tokens", "cached_tokens" = "sums"."cached_tokens",
  "output_tokens" = "sums"."output_tokens", "reasoning_tokens" = "sums"."reasoning_tokens",
  "total_tokens" = "sums"."input_tokens" + "sums"."output_tokens",
  "usage_source" = iif("sums"."untold" > 0 OR ("sums"."missing" > 0 AND "requests_completed" > "sums"."answered"),
    'partial_results', 'results')
FROM (
  SELECT "batch"."id", ifnull(sum("requests"."input_tokens"), 0) AS "input_tokens",
    ifnull(sum("requests"."cached_tokens"), 0) AS "cached_tokens",
    ifnull(sum("requests"."output_tokens"), 0) AS "output_tokens",
    ifnull(sum("requests"."reasoning_tokens"), 0) AS "reasoning_tokens",
    sum("outcome" = 'succeeded' AND "requests"."input_tokens" IS NULL AND "requests"."output_tokens" IS NULL) AS "untold",
    sum("outcome" = 'missing') AS "missing", sum("outcome" = 'succeeded') AS "answered"
  FROM "batches" AS "batch"
  JOIN "submissions" ON "submissions"."batch_id" = "batch"."id"
  JOIN "requests" ON "requests"."submission_id" = "submissions"."id"
  WHERE "batch"."collected_at" IS NOT NULL AND "batch"."cost" IS NULL
    AND ifnull("batch"."input_tokens", 0) + ifnull("batch"."output_tokens", 0) = 0
  GROUP BY "batch"."id"
) AS "sums"
WHERE "batches"."id" = "sums"."id" AND "sums"."input_tokens" + "sums"."output_tokens" > 0;

-- What was spent stays spent until the batch is here again with its cost, not without it.
DROP TRIGGER "batches_return";
CREATE TRIGGER "batches_return_with_cost" AFTER INSERT ON "batches" WHEN NEW."cost" IS NOT NULL BEGIN
  DELETE FROM "deleted_costs" WHERE "batch_id" = NEW."id";
END;
CREATE TRIGGER "batches_return_costed" AFTER UPDATE OF "cost" ON "batches"
WHEN OLD."cost" IS NULL AND NEW."cost" IS NOT NULL BEGIN
  DELETE FROM "deleted_costs" WHERE "batch_id" = NEW."id";
END;

-- The totals say how many requests their tokens are of.
ALTER TABLE "batch_totals" ADD COLUMN "requests_with_usage" BIGINT NOT NULL DEFAULT 0;
DROP TRIGGER "batch_totals_change";
DROP VIEW "batch_facts";
DROP VIEW "batch_measures";

-- What a batch counts for, said once: the triggers, the backfill, the rebuild and the edges of a range read it here.
-- Tokens and costs that are not known are 0. A batch that is over and lacks its cost ran: what ran nothing has cost 0.
CREATE VIEW "batch_measures" AS
SELECT "id", "created_at", "provider", "status", "endpoint", ifnull("model", '') AS "model", "metadata",
  strftime('%Y-%m', "created_at", 'unixepoch') AS "month", date("created_at", 'unixepoch') AS "day",
  "requests_total", "requests_completed", "requests_failed",
  ifnull("input_tokens", 0) AS "input_tokens", ifnull("cached_tokens", 0) AS "cached_tokens",
  ifnull("output_tokens", 0) AS "output_tokens", ifnull("reasoning_tokens", 0) AS "reasoning_tokens",
  ifnull("total_tokens", 0) AS "total_tokens",
  ifnull("cost", 0) AS "cost", ifnull("synchronous_cost", 0) AS "synchronous_cost",
  "cost" IS NULL AND "status" IN ('completed', 'expired', 'cancelled') AS "unpriced",
  iif(ifnull("input_tokens", 0) + ifnull("output_tokens", 0) > 0, "requests_completed", 0) AS "requests_with_usage",
  iif("status" = 'completed', "completed_at" - "created_at", NULL) AS "completion", "waited" AS "wait"
FROM "batches";

-- Each batch for all time, its month and its day: among all, of its endpoint, and of its model. And for its month and day
-- for each pair of its metadata but our mark. Only the totals of all batches for all time tell endpoint and model apart.
CREATE VIEW "batch_facts" AS
SELECT "batch"."id", "created_at", "groups"."key" AS "group_by", "periods"."value" AS "period",
  "groups"."value" AS "value", "provider", "status",
  iif("groups"."key" = '' AND "periods"."value" = '', "endpoint", '') AS "endpoint",
  iif("groups"."key" = '' AND "periods"."value" = '', "model", '') AS "model", 1 AS "batches",
  "requests_total", "requests_completed", "requests_failed",
  "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "total_tokens",
  "cost", "synchronous_cost", "unpriced", "requests_with_usage"
FROM "batch_measures" AS "batch",
  json_each(json_object('', '', 'endpoint', "endpoint", 'model', "model")) AS "groups",
  json_each(json_array('', "month", "day")) AS "periods"
UNION ALL
SELECT "batch"."id", "created_at", 'metadata.' || "pairs"."key", "periods"."value",
  CAST(ifnull("pairs"."value", '') AS TEXT),
  "provider", "status", '', '', 1, "requests_total", "requests_completed", "requests_failed",
  "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "total_tokens",
  "cost", "synchronous_cost", "unpriced", "requests_with_usage"
FROM "batch_measures" AS "batch", json_each("metadata") AS "pairs", json_each(json_array("month", "day")) AS "periods"
WHERE "pairs"."key" <> 'batchdesk';

CREATE TRIGGER "batch_totals_change" INSTEAD OF INSERT ON "batch_total_changes" BEGIN
  INSERT INTO "batch_totals"
  SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model", NEW."sign" * "batches",
    NEW."sign" * "requests_total", NEW."sign" * "requests_completed", NEW."sign" * "requests_failed",
    NEW."sign" * "input_tokens", NEW."sign" * "cached_tokens", NEW."sign" * "output_tokens",
    NEW."sign" * "reasoning_tokens", NEW."sign" * "total_tokens",
    NEW."sign" * "cost", NEW."sign" * "synchronous_cost", NEW."sign" * "unpriced",
    NEW."sign" * "requests_with_usage"
  FROM "batch_facts" WHERE "id" = NEW."id"
  ON CONFLICT DO UPDATE SET
    "batches" = "batches" + excluded."batches",
    "requests_total" = "requests_total" + excluded."requests_total",
    "requests_completed" = "requests_completed" + excluded."requests_completed",
    "requests_failed" = "requests_failed" + excluded."requests_failed",
    "input_tokens" = "input_tokens" + excluded."input_tokens",
    "cached_tokens" = "cached_tokens" + excluded."cached_tokens",
    "output_tokens" = "output_tokens" + excluded."output_tokens",
    "reasoning_tokens" = "reasoning_tokens" + excluded."reasoning_tokens",
    "total_tokens" = "total_tokens" + excluded."total_tokens",
    "cost" = "cost" + excluded."cost",
    "synchronous_cost" = "synchronous_cost" + excluded."synchronous_cost",
    "unpriced" = "unpriced" + excluded."unpriced",
    "requests_with_usage" = "requests_with_usage" + excluded."requests_with_usage";
  DELETE FROM "batch_totals"
  WHERE "batches" = 0 AND ("group_by", "period", "value", "provider", "status", "endpoint", "model") IN (
    SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model"
    FROM "batch_facts" WHERE "id" = NEW."id" AND NEW."sign" = -1
  );
END;

DELETE FROM "batch_totals";
INSERT INTO "batch_totals"
SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model", count(*),
  sum("requests_total"), sum("requests_completed"), sum("requests_failed"),
  sum("input_tokens"), sum("cached_tokens"), sum("output_tokens"), sum("reasoning_tokens"), sum("total_tokens"),
  sum("cost"), sum("synchronous_cost"), sum("unpriced"), sum("requests_with_usage")
FROM "batch_facts" GROUP BY 1, 2, 3, 4, 5, 6, 7;
