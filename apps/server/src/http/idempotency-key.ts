import type { IncomingHttpHeaders } from 'node:http';
import { BatchdeskError, idempotencyKeySchema } from '@batchdesk/shared';
import { z } from 'zod';

/** The header as the API describes it; it is checked where it is read. */
export const idempotencyHeader = z.looseObject({
  'Idempotency-Key': idempotencyKeySchema
    .optional()
    .describe('The same key and body again give the same job. Another body is refused with 409.'),
});

/**
 * The key under which a call may be sent again, if there is one.
 *
 * @throws {BatchdeskError} `invalid_value`
 */
export function readIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const parsed = idempotencyKeySchema.optional().safeParse(headers['idempotency-key']);
  if (parsed.success) return parsed.data;
  const details = { reason: 'it has to have 1 to 255 characters.' };
  throw new BatchdeskError('invalid_value', { param: 'Idempotency-Key', details });
}
