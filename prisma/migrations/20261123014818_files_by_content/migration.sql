-- CreateIndex
CREATE INDEX "batch_files_sha256_idx" ON "batch_files"("sha256");
