import { randomUUID } from 'node:crypto';

/** A new id of ours: `job_…` or `sub_…`. The provider's ids (`batch_…`, `file-…`) are its own. */
export function newId(prefix: 'job' | 'sub' | 'input'): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}
