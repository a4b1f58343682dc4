import type { IncomingHttpHeaders } from 'node:http';
import { BatchdeskError } from '@batchdesk/shared';
import OpenAI from 'openai';
import { z } from 'zod';

/** A webhook as it came in: its signature covers the body byte by byte. */
export interface SignedWebhook {
  body: string;
  headers: IncomingHttpHeaders;
}

/** A webhook that the provider has sent. */
export interface Webhook {
  /** The same whenever it is delivered again. */
  id: string;
  /** Such as `batch.completed`. */
  type: string;
  /** The batch that it is about, if it is about one. */
  batch_id: string | null;
}

const headersSchema = z.object({ 'webhook-id': z.string().min(1).max(255) });
const eventSchema = z.object({
  type: z.string(),
  data: z.object({ id: z.string().nullable().catch(null) }).catch({ id: null }),
});

/**
 * Reads a webhook that is signed with the secret, at most five minutes ago.
 *
 * @throws {BatchdeskError} `webhook_invalid`
 */
export async function verifyWebhook({ body, headers }: SignedWebhook, secret: string): Promise<Webhook> {
  // Nothing is called: the SDK keeps the check of signatures in its client, which asks for a key.
  const client = new OpenAI({ apiKey: 'unused', logLevel: 'off' });
  try {
    const { 'webhook-id': id } = headersSchema.parse(headers);
    const { type, data } = eventSchema.parse(await client.webhooks.unwrap(body, headers, secret));
    return { id, type, batch_id: type.startsWith('batch.') ? data.id : null };
  } catch (cause) {
    throw new BatchdeskError('webhook_invalid', { cause });
  }
}
