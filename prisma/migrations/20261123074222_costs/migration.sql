-- The totals are kept anew, by more. Their keys are nearly all of them: no rows beside the keys.
DROP TRIGGER "batch_totals_on_insert";
DROP TRIGGER "batch_totals_on_delete";
DROP TRIGGER "batch_totals_on_update";
DROP TABLE "batch_totals";

-- AlterTable
ALTER TABLE "batches" ADD COLUMN "usage_source" TEXT;
ALTER TABLE "batches" ADD COLUMN "price_id" INTEGER;
ALTER TABLE "batches" ADD COLUMN "cost" BIGINT;
ALTER TABLE "batches" ADD COLUMN "synchronous_cost" BIGINT;
ALTER TABLE "batches" ADD COLUMN "waited" INTEGER;

-- CreateIndex
CREATE INDEX "batches_price_id_model_idx" ON "batches"("price_id", "model");

-- What the provider had said of batches so far came from itself.
UPDATE "batches" SET "usage_source" = 'provider' WHERE "input_tokens" IS NOT NULL;
-- Batches that are there are costed at the next start. Those that ran nothing cost nothing, whatever their model: they failed,
-- or are over without an answer.
UPDATE "batches" SET "cost" = 0, "synchronous_cost" = 0 WHERE "status" = 'failed' OR (
  "requests_completed" = 0 AND ifnull("input_tokens", 0) + ifnull("output_tokens", 0) = 0
  AND ("status" IN ('expired', 'cancelled') OR ("status" = 'completed' AND "requests_total" > 0))
);
UPDATE "batches" SET "model" = (SELECT "model" FROM "submissions" WHERE "batch_id" = "batches"."id") WHERE "model" IS NULL;

-- AlterTable
ALTER TABLE "submissions" ADD COLUMN "max_output_tokens" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "submissions" ADD COLUMN "uncapped_requests" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "submissions" ADD COLUMN "estimated_cost" BIGINT;
ALTER TABLE "submissions" ADD COLUMN "admitted_at" INTEGER;

-- How long their answers may be was not looked at.
UPDATE "submissions" SET "uncapped_requests" = ifnull("request_count", 0);

-- AlterTable
ALTER TABLE "requests" ADD COLUMN "cached_tokens" INTEGER;
ALTER TABLE "requests" ADD COLUMN "reasoning_tokens" INTEGER;

-- CreateTable
CREATE TABLE "prices" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "price" TEXT NOT NULL,
    "is_own" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "budgets" (
    "scope" TEXT NOT NULL PRIMARY KEY,
    "limit" BIGINT NOT NULL,
    "warn_at" REAL NOT NULL,
    "at_limit" TEXT NOT NULL,
    "noted" TEXT,
    "updated_at" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "deleted_costs" (
    "batch_id" TEXT NOT NULL PRIMARY KEY,
    "provider" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "cost" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "deleted_costs_provider_month_idx" ON "deleted_costs"("provider", "month");

-- CreateIndex
CREATE UNIQUE INDEX "prices_price_key" ON "prices"("price");

-- CreateIndex
CREATE INDEX "prices_is_own_idx" ON "prices"("is_own");

CREATE TABLE "batch_totals" (
    "group_by" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "batches" INTEGER NOT NULL,
    "requests_total" BIGINT NOT NULL,
    "requests_completed" BIGINT NOT NULL,
    "requests_failed" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cached_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "total_tokens" BIGINT NOT NULL,
    "cost" BIGINT NOT NULL,
    "synchronous_cost" BIGINT NOT NULL,
    "unpriced" INTEGER NOT NULL,

    PRIMARY KEY ("group_by", "period", "value", "provider", "status", "endpoint", "model")
) WITHOUT ROWID;

CREATE TABLE "duration_totals" (
    "group_by" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bucket" INTEGER NOT NULL,
    "batches" INTEGER NOT NULL,

    PRIMARY KEY ("group_by", "period", "value", "provider", "kind", "bucket")
) WITHOUT ROWID;

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
  "cost", "synchronous_cost", "unpriced"
FROM "batch_measures" AS "batch",
  json_each(json_object('', '', 'endpoint', "endpoint", 'model', "model")) AS "groups",
  json_each(json_array('', "month", "day")) AS "periods"
UNION ALL
SELECT "batch"."id", "created_at", 'metadata.' || "pairs"."key", "periods"."value",
  CAST(ifnull("pairs"."value", '') AS TEXT),
  "provider", "status", '', '', 1, "requests_total", "requests_completed", "requests_failed",
  "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "total_tokens",
  "cost", "synchronous_cost", "unpriced"
FROM "batch_measures" AS "batch", json_each("metadata") AS "pairs", json_each(json_array("month", "day")) AS "periods"
WHERE "pairs"."key" <> 'batchdesk';

-- How long a batch took and waited. Seconds are exact below 64; of more, the 6 highest bits are kept, so that the values
-- that are counted as one are at most 1/32 apart.
CREATE VIEW "batch_durations" AS
SELECT "batch"."id", "created_at", "provider", "endpoint", "model", "metadata", "month", "day", "kinds"."key" AS "kind",
  iif("kinds"."value" < 64, max("kinds"."value", 0),
    "kinds"."value" - "kinds"."value" % (1 << (CAST(log2("kinds"."value") AS INTEGER) - 5))) AS "bucket"
FROM "batch_measures" AS "batch", json_each(json_object('completion', "completion", 'wait', "wait")) AS "kinds"
WHERE "kinds"."value" IS NOT NULL;

-- For the same groups and times as its totals.
CREATE VIEW "duration_facts" AS
SELECT "batch"."id", "created_at", "groups"."key" AS "group_by", "periods"."value" AS "period",
  "groups"."value" AS "value", "provider", "kind", "bucket", 1 AS "batches"
FROM "batch_durations" AS "batch",
  json_each(json_object('', '', 'endpoint', "endpoint", 'model', "model")) AS "groups",
  json_each(json_array('', "month", "day")) AS "periods"
UNION ALL
SELECT "batch"."id", "created_at", 'metadata.' || "pairs"."key", "periods"."value",
  CAST(ifnull("pairs"."value", '') AS TEXT), "provider", "kind", "bucket", 1
FROM "batch_durations" AS "batch", json_each("metadata") AS "pairs", json_each(json_array("month", "day")) AS "periods"
WHERE "pairs"."key" <> 'batchdesk';

-- Adds a batch to the totals (sign 1) or takes it out (-1): what is inserted into these goes there.
CREATE VIEW "batch_total_changes" AS SELECT '' AS "id", 0 AS "sign" WHERE FALSE;
CREATE VIEW "duration_total_changes" AS SELECT '' AS "id", 0 AS "sign" WHERE FALSE;

CREATE TRIGGER "batch_totals_change" INSTEAD OF INSERT ON "batch_total_changes" BEGIN
  INSERT INTO "batch_totals"
  SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model", NEW."sign" * "batches",
    NEW."sign" * "requests_total", NEW."sign" * "requests_completed", NEW."sign" * "requests_failed",
    NEW."sign" * "input_tokens", NEW."sign" * "cached_tokens", NEW."sign" * "output_tokens",
    NEW."sign" * "reasoning_tokens", NEW."sign" * "total_tokens",
    NEW."sign" * "cost", NEW."sign" * "synchronous_cost", NEW."sign" * "unpriced"
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
    "unpriced" = "unpriced" + excluded."unpriced";
  DELETE FROM "batch_totals"
  WHERE "batches" = 0 AND ("group_by", "period", "value", "provider", "status", "endpoint", "model") IN (
    SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model"
    FROM "batch_facts" WHERE "id" = NEW."id" AND NEW."sign" = -1
  );
END;

CREATE TRIGGER "duration_totals_change" INSTEAD OF INSERT ON "duration_total_changes" BEGIN
  INSERT INTO "duration_totals"
  SELECT "group_by", "period", "value", "provider", "kind", "bucket", NEW."sign" * "batches"
  FROM "duration_facts" WHERE "id" = NEW."id"
  ON CONFLICT DO UPDATE SET "batches" = "batches" + excluded."batches";
  DELETE FROM "duration_totals"
  WHERE "batches" = 0 AND ("group_by", "period", "value", "provider", "kind", "bucket") IN (
    SELECT "group_by", "period", "value", "provider", "kind", "bucket"
    FROM "duration_facts" WHERE "id" = NEW."id" AND NEW."sign" = -1
  );
END;

-- The totals change in the transaction that changes a batch, whoever changes it. Before a change the views still say what
-- the batch counted for, after it what it counts for now.
CREATE TRIGGER "batches_count_insert" AFTER INSERT ON "batches" BEGIN
  INSERT INTO "batch_total_changes" VALUES (NEW."id", 1);
  INSERT INTO "duration_total_changes" VALUES (NEW."id", 1);
END;

CREATE TRIGGER "batches_count_delete" BEFORE DELETE ON "batches" BEGIN
  INSERT INTO "batch_total_changes" VALUES (OLD."id", -1);
  INSERT INTO "duration_total_changes" VALUES (OLD."id", -1);
END;

-- An update names all columns, changed or not: only what counts is looked at.
CREATE TRIGGER "batches_count_before_update" BEFORE UPDATE ON "batches" WHEN (
  OLD."created_at", OLD."provider", OLD."status", OLD."endpoint", OLD."model", OLD."metadata",
  OLD."requests_total", OLD."requests_completed", OLD."requests_failed", OLD."input_tokens",
  OLD."cached_tokens", OLD."output_tokens", OLD."reasoning_tokens", OLD."total_tokens", OLD."cost",
  OLD."synchronous_cost"
) IS NOT (
  NEW."created_at", NEW."provider", NEW."status", NEW."endpoint", NEW."model", NEW."metadata",
  NEW."requests_total", NEW."requests_completed", NEW."requests_failed", NEW."input_tokens",
  NEW."cached_tokens", NEW."output_tokens", NEW."reasoning_tokens", NEW."total_tokens", NEW."cost",
  NEW."synchronous_cost"
) BEGIN
  INSERT INTO "batch_total_changes" VALUES (OLD."id", -1);
END;

CREATE TRIGGER "batches_count_after_update" AFTER UPDATE ON "batches" WHEN (
  OLD."created_at", OLD."provider", OLD."status", OLD."endpoint", OLD."model", OLD."metadata",
  OLD."requests_total", OLD."requests_completed", OLD."requests_failed", OLD."input_tokens",
  OLD."cached_tokens", OLD."output_tokens", OLD."reasoning_tokens", OLD."total_tokens", OLD."cost",
  OLD."synchronous_cost"
) IS NOT (
  NEW."created_at", NEW."provider", NEW."status", NEW."endpoint", NEW."model", NEW."metadata",
  NEW."requests_total", NEW."requests_completed", NEW."requests_failed", NEW."input_tokens",
  NEW."cached_tokens", NEW."output_tokens", NEW."reasoning_tokens", NEW."total_tokens", NEW."cost",
  NEW."synchronous_cost"
) BEGIN
  INSERT INTO "batch_total_changes" VALUES (NEW."id", 1);
END;

CREATE TRIGGER "batches_time_before_update" BEFORE UPDATE ON "batches" WHEN (
  OLD."created_at", OLD."provider", OLD."status", OLD."endpoint", OLD."model", OLD."metadata",
  OLD."completed_at", OLD."waited"
) IS NOT (
  NEW."created_at", NEW."provider", NEW."status", NEW."endpoint", NEW."model", NEW."metadata",
  NEW."completed_at", NEW."waited"
) BEGIN
  INSERT INTO "duration_total_changes" VALUES (OLD."id", -1);
END;

CREATE TRIGGER "batches_time_after_update" AFTER UPDATE ON "batches" WHEN (
  OLD."created_at", OLD."provider", OLD."status", OLD."endpoint", OLD."model", OLD."metadata",
  OLD."completed_at", OLD."waited"
) IS NOT (
  NEW."created_at", NEW."provider", NEW."status", NEW."endpoint", NEW."model", NEW."metadata",
  NEW."completed_at", NEW."waited"
) BEGIN
  INSERT INTO "duration_total_changes" VALUES (NEW."id", 1);
END;

-- What was spent stays spent when a batch is deleted here, until it is seen at its provider again.
CREATE TRIGGER "batches_keep_cost" BEFORE DELETE ON "batches" WHEN OLD."cost" > 0 BEGIN
  INSERT OR REPLACE INTO "deleted_costs"
  VALUES (OLD."id", OLD."provider", strftime('%Y-%m', OLD."created_at", 'unixepoch'), OLD."cost");
END;

CREATE TRIGGER "batches_return" AFTER INSERT ON "batches" BEGIN
  DELETE FROM "deleted_costs" WHERE "batch_id" = NEW."id";
END;

-- The batches that are there.
INSERT INTO "batch_totals"
SELECT "group_by", "period", "value", "provider", "status", "endpoint", "model", count(*),
  sum("requests_total"), sum("requests_completed"), sum("requests_failed"),
  sum("input_tokens"), sum("cached_tokens"), sum("output_tokens"), sum("reasoning_tokens"), sum("total_tokens"),
  sum("cost"), sum("synchronous_cost"), sum("unpriced")
FROM "batch_facts" GROUP BY 1, 2, 3, 4, 5, 6, 7;

INSERT INTO "duration_totals"
SELECT "group_by", "period", "value", "provider", "kind", "bucket", count(*)
FROM "duration_facts" GROUP BY 1, 2, 3, 4, 5, 6;
