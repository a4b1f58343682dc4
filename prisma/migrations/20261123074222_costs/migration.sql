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

-- AlterTable
ALTER TABLE "submissions" ADD COLUMN "max_output_tokens" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "submissions" ADD COLUMN "uncapped_requests" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "submissions" ADD COLUMN "estimated_cost" BIGINT;
ALTER TABLE "submissions" ADD COLUMN "admitted_at" INTEGER;

-- AlterTable
ALTER TABLE "requests" ADD COLUMN "cached_tokens" INTEGER;
ALTER TABLE "requests" ADD COLUMN "reasoning_tokens" INTEGER;

-- CreateTable
CREATE TABLE "duration_totals" (
    "metadata_key" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "metadata_value" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bucket" INTEGER NOT NULL,
    "batches" INTEGER NOT NULL,

    PRIMARY KEY ("metadata_key", "period", "metadata_value", "provider", "endpoint", "model", "kind", "bucket")
);

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

-- CreateIndex
CREATE UNIQUE INDEX "prices_price_key" ON "prices"("price");

-- CreateIndex
CREATE INDEX "prices_is_own_idx" ON "prices"("is_own");

-- The totals are kept anew, by more.
DROP TRIGGER "batch_totals_on_insert";
DROP TRIGGER "batch_totals_on_delete";
DROP TRIGGER "batch_totals_on_update";
DROP TABLE "batch_totals";
CREATE TABLE "batch_totals" (
    "metadata_key" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "metadata_value" TEXT NOT NULL,
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

    PRIMARY KEY ("metadata_key", "period", "metadata_value", "provider", "status", "endpoint", "model")
);
