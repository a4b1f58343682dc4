import type { FileView, ListFiles, ListFilesAnswer } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { readFiles, readFilesOfJob } from '../db/file-pages.ts';
import type { FilePlace } from '../db/file-pages.ts';
import { findFileJobs, findFileUses } from '../db/file-needs.ts';
import type { FileJobs } from '../db/file-needs.ts';
import type { KnownFile } from '../db/known-files.ts';
import { linkResults } from '../db/result-links.ts';
import type { Deps } from '../deps.ts';
import { findNeed, isAtProvider, isWhole } from '../file-state.ts';
import { findKnownJob } from './find-known-job.ts';

/**
 * A page of the files that are known here, newest first, each once.
 *
 * @throws {BatchdeskError} `job_not_found` for a `job_id` that no job has
 */
export async function listFiles(
  deps: Pick<Deps, 'db' | 'storage'>,
  { after, job_id, ...query }: ListFiles,
): Promise<ListFilesAnswer> {
  const { db } = deps;
  if (job_id !== undefined) await findKnownJob(deps, job_id);
  const place = after === undefined ? undefined : readPlace(after);
  // One more tells whether there are more.
  const filters = { ...query, limit: query.limit + 1 };
  const found =
    job_id === undefined
      ? await readFiles(db, filters, place)
      : await readFilesOfJob(db, job_id, { filters, after: place });
  const files = await linkResults(db, found.slice(0, query.limit));
  const views = await describeFiles(deps, files);
  const data = job_id === undefined ? views : views.map((view, index) => withRole(view, files[index]!));
  const last = found.length > files.length ? files.at(-1) : undefined;
  const next = last ? `${last.created_at}:${last.id}` : null;
  return { success: true, object: 'list', data, has_more: next !== null, next };
}

function readPlace(after: string): FilePlace {
  const colon = after.indexOf(':');
  return { created_at: Number(after.slice(0, colon)), id: after.slice(colon + 1) };
}

async function describeFiles(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  files: readonly KnownFile[],
): Promise<FileView[]> {
  const jobs = await findFileJobs(db, files);
  const uses = await findFileUses(db, files);
  const now = nowSeconds();
  return Promise.all(
    files.map(async (file) => {
      const { id, filename, created_at, expires_at, purpose, request_count, sha256, provider } = file;
      const here = file.stored_name === null ? null : await storage.size(file.stored_name);
      const at_provider = isAtProvider(file, now);
      const needed_by = need(file, jobs.get(id)!, { at_provider, here });
      return {
        id,
        object: 'file' as const,
        filename,
        bytes: bytesOf(file),
        created_at,
        expires_at,
        purpose,
        request_count,
        sha256,
        provider,
        at_provider,
        here,
        ...uses.get(id)!,
        needed: needed_by !== null,
        needed_by,
      };
    }),
  );
}

function need(
  file: KnownFile,
  jobs: FileJobs,
  { at_provider, here }: Pick<FileView, 'at_provider' | 'here'>,
): FileView['needed_by'] {
  const found = at_provider ? findNeed(file, jobs, isWhole(file, here)) : null;
  return found?.need ?? (here !== null && jobs.open !== null ? 'job_in_progress' : null);
}

/** Of a file that was gone before anybody asked for it the size was never known. */
function bytesOf({ bytes, status }: KnownFile): number | null {
  return bytes === 0 && status === 'deleted' ? null : bytes;
}

function withRole(view: FileView, { role }: KnownFile): FileView {
  return role === null ? view : { ...view, role };
}
