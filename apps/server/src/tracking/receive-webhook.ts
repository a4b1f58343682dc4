import { BatchdeskError } from '@batchdesk/shared';
import { wakeBatchOnce } from '../db/wake-batch.ts';
import type { Deps } from '../deps.ts';
import { verifyWebhook } from '../provider/verify-webhook.ts';
import type { SignedWebhook } from '../provider/verify-webhook.ts';

/**
 * Takes a webhook of the provider: the batch that it is about is asked about in the next round. What it says of the batch
 * is not believed: webhooks overtake each other. Those about anything else change nothing. `duplicate` for one that came
 * before.
 *
 * @throws {BatchdeskError} `webhook_not_configured`, `webhook_invalid`
 */
export async function receiveWebhook(
  { db, log }: Pick<Deps, 'db' | 'log'>,
  signed: SignedWebhook,
  secret: string | undefined,
): Promise<{ duplicate: boolean }> {
  if (secret === undefined) throw new BatchdeskError('webhook_not_configured');
  const webhook = await verifyWebhook(signed, secret);
  const duplicate = !(await wakeBatchOnce(db, webhook));
  const { id: webhook_id, type, batch_id } = webhook;
  log.info({ webhook_id, type, batch_id, duplicate }, 'webhook');
  return { duplicate };
}
