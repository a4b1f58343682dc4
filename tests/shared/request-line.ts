import { createInputValidator } from '@batchdesk/shared';
import type { BatchEndpoint, InputSummary, InputValidator } from '@batchdesk/shared';

/** A body that each endpoint accepts. */
export const GOOD_BODIES: Record<BatchEndpoint, Record<string, unknown>> = {
  '/v1/chat/completions': { model: 'm', messages: [{ role: 'user', content: 'Hello' }] },
  '/v1/responses': { model: 'm', input: 'Hello' },
  '/v1/embeddings': { model: 'm', input: ['Hello', 'you'] },
  '/v1/completions': { model: 'm', prompt: 'Hello' },
  '/v1/moderations': { model: 'm', input: 'Hello' },
  '/v1/images/generations': { model: 'm', prompt: 'A hat' },
  '/v1/images/edits': { model: 'm', prompt: 'A hat', images: [{ file_id: 'file-1' }] },
  '/v1/videos': { model: 'm', prompt: 'A hat' },
};

/** A good chat request, some of its fields replaced; `undefined` takes one away. */
export function request(customId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const url = '/v1/chat/completions';
  return { custom_id: customId, method: 'POST', url, body: GOOD_BODIES[url], ...fields };
}

/** A good request to an endpoint, some fields of its body replaced. */
export function requestTo(
  url: BatchEndpoint,
  body: Record<string, unknown> = {},
  customId = 'a',
): Record<string, unknown> {
  return request(customId, { url, body: { ...GOOD_BODIES[url], ...body } });
}

/** What the validator says of a whole input; a text is a line as it is. */
export function check(
  lines: Iterable<unknown>,
  batch: Parameters<InputValidator['finish']>[0] = {},
): InputSummary {
  const validator = createInputValidator();
  for (const item of lines) {
    const line = typeof item === 'string' ? item : (JSON.stringify(item) ?? 'undefined');
    validator.feed(Buffer.from(`${line}\n`));
  }
  return validator.finish(batch);
}
