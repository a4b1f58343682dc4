import { createIdIndex } from '@batchdesk/shared/input';
import type { TableRow } from './table.ts';
import type { MadeRequest } from './write-request.ts';

/** What is wrong with the request that was made of a row. */
export type RequestRowProblem =
  | { code: 'empty_prompt' | 'empty_custom_id'; row: number; line: number }
  | { code: 'duplicate_custom_id'; row: number; line: number; custom_id: string; firstRow: number };

/** Checks the requests made of rows, in order; keeps a hash of each id. `null`: nothing is wrong. */
export function createRowCheck(): (row: TableRow, request: MadeRequest) => RequestRowProblem | null {
  const ids = createIdIndex();
  return ({ row, line }, { custom_id, prompt }) => {
    if (prompt.trim() === '') return { code: 'empty_prompt', row, line };
    if (custom_id === '') return { code: 'empty_custom_id', row, line };
    const firstRow = ids.add(custom_id, row);
    return firstRow === null ? null : { code: 'duplicate_custom_id', row, line, custom_id, firstRow };
  };
}
