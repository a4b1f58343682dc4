-- CreateTable
CREATE TABLE "batch_issues" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batch_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "result_type" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "custom_id" TEXT,
    CONSTRAINT "batch_issues_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable: a column with a default needs no rebuilding.
ALTER TABLE "batches" ADD COLUMN "issue_count" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "batch_issues_batch_id_id_idx" ON "batch_issues"("batch_id", "id");
