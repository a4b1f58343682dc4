-- CreateTable
CREATE TABLE "batch_totals" (
    "status" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "batches" INTEGER NOT NULL,
    "requests_total" BIGINT NOT NULL,
    "requests_completed" BIGINT NOT NULL,
    "requests_failed" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "total_tokens" BIGINT NOT NULL,

    PRIMARY KEY ("status", "endpoint", "model")
);

-- CreateIndex
CREATE INDEX "batches_endpoint_created_at_id_idx" ON "batches"("endpoint", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_model_created_at_id_idx" ON "batches"("model", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_status_endpoint_created_at_id_idx" ON "batches"("status", "endpoint", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_status_model_created_at_id_idx" ON "batches"("status", "model", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_endpoint_model_created_at_id_idx" ON "batches"("endpoint", "model", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_status_endpoint_model_created_at_id_idx" ON "batches"("status", "endpoint", "model", "created_at", "id");

-- Fill the totals from the batches that are there.
INSERT INTO "batch_totals" ("status", "endpoint", "model", "batches", "requests_total", "requests_completed", "requests_failed", "input_tokens", "output_tokens", "total_tokens")
SELECT "status", "endpoint", ifnull("model", ''), count(*), sum("requests_total"), sum("requests_completed"), sum("requests_failed"), ifnull(sum("input_tokens"), 0), ifnull(sum("output_tokens"), 0), ifnull(sum("total_tokens"), 0)
FROM "batches" GROUP BY 1, 2, 3;

-- From here on the totals change in the transaction that changes a batch, whoever changes it.
CREATE TRIGGER "batch_totals_on_insert" AFTER INSERT ON "batches" BEGIN
  INSERT INTO "batch_totals" ("status", "endpoint", "model", "batches", "requests_total", "requests_completed", "requests_failed", "input_tokens", "output_tokens", "total_tokens")
  VALUES (NEW."status", NEW."endpoint", ifnull(NEW."model", ''), 1, NEW."requests_total", NEW."requests_completed", NEW."requests_failed", ifnull(NEW."input_tokens", 0), ifnull(NEW."output_tokens", 0), ifnull(NEW."total_tokens", 0))
  ON CONFLICT ("status", "endpoint", "model") DO UPDATE SET
    "batches" = "batches" + 1,
    "requests_total" = "requests_total" + excluded."requests_total",
    "requests_completed" = "requests_completed" + excluded."requests_completed",
    "requests_failed" = "requests_failed" + excluded."requests_failed",
    "input_tokens" = "input_tokens" + excluded."input_tokens",
    "output_tokens" = "output_tokens" + excluded."output_tokens",
    "total_tokens" = "total_tokens" + excluded."total_tokens";
END;

CREATE TRIGGER "batch_totals_on_delete" AFTER DELETE ON "batches" BEGIN
  UPDATE "batch_totals" SET
    "batches" = "batches" - 1,
    "requests_total" = "requests_total" - OLD."requests_total",
    "requests_completed" = "requests_completed" - OLD."requests_completed",
    "requests_failed" = "requests_failed" - OLD."requests_failed",
    "input_tokens" = "input_tokens" - ifnull(OLD."input_tokens", 0),
    "output_tokens" = "output_tokens" - ifnull(OLD."output_tokens", 0),
    "total_tokens" = "total_tokens" - ifnull(OLD."total_tokens", 0)
  WHERE "status" = OLD."status" AND "endpoint" = OLD."endpoint" AND "model" = ifnull(OLD."model", '');
  DELETE FROM "batch_totals" WHERE "status" = OLD."status" AND "endpoint" = OLD."endpoint" AND "model" = ifnull(OLD."model", '') AND "batches" = 0;
END;

-- An update names all columns, changed or not.
CREATE TRIGGER "batch_totals_on_update" AFTER UPDATE ON "batches"
WHEN OLD."status" IS NOT NEW."status"
  OR OLD."endpoint" IS NOT NEW."endpoint"
  OR OLD."model" IS NOT NEW."model"
  OR OLD."requests_total" IS NOT NEW."requests_total"
  OR OLD."requests_completed" IS NOT NEW."requests_completed"
  OR OLD."requests_failed" IS NOT NEW."requests_failed"
  OR OLD."input_tokens" IS NOT NEW."input_tokens"
  OR OLD."output_tokens" IS NOT NEW."output_tokens"
  OR OLD."total_tokens" IS NOT NEW."total_tokens"
BEGIN
  UPDATE "batch_totals" SET
    "batches" = "batches" - 1,
    "requests_total" = "requests_total" - OLD."requests_total",
    "requests_completed" = "requests_completed" - OLD."requests_completed",
    "requests_failed" = "requests_failed" - OLD."requests_failed",
    "input_tokens" = "input_tokens" - ifnull(OLD."input_tokens", 0),
    "output_tokens" = "output_tokens" - ifnull(OLD."output_tokens", 0),
    "total_tokens" = "total_tokens" - ifnull(OLD."total_tokens", 0)
  WHERE "status" = OLD."status" AND "endpoint" = OLD."endpoint" AND "model" = ifnull(OLD."model", '');
  DELETE FROM "batch_totals" WHERE "status" = OLD."status" AND "endpoint" = OLD."endpoint" AND "model" = ifnull(OLD."model", '') AND "batches" = 0;
  INSERT INTO "batch_totals" ("status", "endpoint", "model", "batches", "requests_total", "requests_completed", "requests_failed", "input_tokens", "output_tokens", "total_tokens")
  VALUES (NEW."status", NEW."endpoint", ifnull(NEW."model", ''), 1, NEW."requests_total", NEW."requests_completed", NEW."requests_failed", ifnull(NEW."input_tokens", 0), ifnull(NEW."output_tokens", 0), ifnull(NEW."total_tokens", 0))
  ON CONFLICT ("status", "endpoint", "model") DO UPDATE SET
    "batches" = "batches" + 1,
    "requests_total" = "requests_total" + excluded."requests_total",
    "requests_completed" = "requests_completed" + excluded."requests_completed",
    "requests_failed" = "requests_failed" + excluded."requests_failed",
    "input_tokens" = "input_tokens" + excluded."input_tokens",
    "output_tokens" = "output_tokens" + excluded."output_tokens",
    "total_tokens" = "total_tokens" + excluded."total_tokens";
END;
