-- DropIndex
DROP INDEX "batches_collected_at_status_idx";

-- CreateIndex
CREATE INDEX "batches_collected_at_collect_after_idx" ON "batches"("collected_at", "collect_after");
-- Made elsewhere: nobody collects these unless asked to.
UPDATE "batches" SET "collect_after" = 2147483647
WHERE "collected_at" IS NULL AND "job_id" NOT IN (SELECT "job_id" FROM "submissions" WHERE "status" <> 'imported');
