import type { Batch, BatchStatus } from '@batchdesk/shared';
import { LIMITS } from '@batchdesk/shared';
import type { Api } from '../api/api.ts';

/** The newest batches, and whether there are more. */
export interface Rows {
  data: Batch[];
  hasMore: boolean;
}

/** Reads the newest `count` batches, page by page. */
export async function loadRows(api: Api, count: number, status: BatchStatus | null): Promise<Rows> {
  const rows: Rows = { data: [], hasMore: true };
  while (rows.hasMore && rows.data.length < count) {
    const after = rows.data.at(-1)?.id;
    const page = await api.batch.list.query({
      source: 'local',
      limit: Math.min(count - rows.data.length, LIMITS.listPage.max),
      ...(status ? { status } : {}),
      ...(after ? { after } : {}),
    });
    rows.data.push(...page.data);
    rows.hasMore = page.has_more;
  }
  return rows;
}
