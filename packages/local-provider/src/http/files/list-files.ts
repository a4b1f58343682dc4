import * as z from 'zod';

import { noSuchFile } from '../../api-error.ts';
import type { Call } from '../call.ts';
import { listPage, type ListPage } from '../list-page.ts';
import { parseInput } from '../parse-input.ts';
import { toFileObject, type FileObject } from './file-object.ts';

const querySchema = z.object({
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
  order: z.enum(['asc', 'desc']).default('desc'),
  purpose: z.string().optional(),
});

/** `GET /v1/files`: the files, newest first unless asked otherwise. */
export async function listFiles({ context, request }: Call): Promise<ListPage<FileObject>> {
  const { after, limit, order, purpose } = parseInput(querySchema, request.query);
  const records = context.files
    .all()
    .filter((record) => purpose === undefined || record.purpose === purpose)
    .filter((record) => context.visibility.isVisible(record.id));
  if (order === 'desc') records.reverse();
  return listPage(records, { after, limit, unknownAfter: noSuchFile }, toFileObject);
}
