import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import type { ProviderFile } from '../provider/provider.ts';

/** Seconds by which the provider's clock may be behind ours. */
const CLOCK_SKEW_SECONDS = 10 * 60;
const PAGE = 1_000;

/** What the input of a submission is called at the provider: by its name it is found again. */
export function uploadName({ id }: Pick<Submission, 'id'>): string {
  return `${id}.jsonl`;
}

/** The files at the provider that were uploaded for a submission, newest first, known here or not. */
export async function findUploads(
  { provider }: Pick<Deps, 'provider'>,
  submission: Submission,
): Promise<ProviderFile[]> {
  const oldest = submission.created_at - CLOCK_SKEW_SECONDS;
  const found: ProviderFile[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await provider.listFiles(after ? { limit: PAGE, after } : { limit: PAGE });
    found.push(...page.data.filter(({ filename }) => filename === uploadName(submission)));
    const isPast = page.data.some(({ created_at }) => created_at < oldest);
    if (isPast || !page.has_more || page.last_id === null) return found;
    after = page.last_id;
  }
}

/** Deletes what was uploaded for a submission more than once, or in vain; `keep` is the file that its batch uses. */
export async function removeUploads(
  deps: Pick<Deps, 'provider' | 'log'>,
  submission: Submission,
  keep: string | null,
): Promise<void> {
  for (const { id } of await findUploads(deps, submission)) {
    if (id === keep) continue;
    await deps.provider.deleteFile(id);
    deps.log.info({ submission_id: submission.id, file_id: id }, 'an upload that no batch uses was deleted');
  }
}
