import { isBatchEndpoint } from '@batchdesk/shared';
import type { BatchEndpoint } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { createRequestCutter } from './cut-requests.ts';
import { stageInput } from './stage-input.ts';
import type { StagedInput } from './stage-input.ts';

/** Where the requests are in a body: directly, or in the first call of a batch of calls (`{"0": {…}}`). */
export type RequestsPlace = 'body' | 'first call';

/** A JSON body whose requests went to disk as they came in. */
export interface StagedJson {
  /** What is left: `requests` is empty where there was a list. Not checked; `undefined` for an empty body. */
  body: unknown;
  staged: StagedInput;
}

/**
 * Checks the `requests` of a JSON body and writes them down, an element a line, without ever holding more than a part.
 *
 * @throws {BatchdeskError} `invalid_json` with its place, `payload_too_large`
 */
export async function stageJson(
  deps: Pick<Deps, 'storage' | 'scanner'>,
  bytes: AsyncIterable<Uint8Array>,
  place: RequestsPlace = 'body',
): Promise<StagedJson> {
  const cutter = createRequestCutter(place === 'body' ? 1 : 2);
  let body: unknown;

  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) yield cutter.feed(chunk);
    body = cutter.finish();
  }

  const staged = await stageInput(deps, lines(), () =>
    endpointOf(place === 'body' ? body : (body as { 0?: unknown } | null | undefined)?.[0]),
  );
  return { body, staged };
}

function endpointOf(call: unknown): BatchEndpoint | undefined {
  const endpoint = (call as { endpoint?: unknown } | null | undefined)?.endpoint;
  return isBatchEndpoint(endpoint) ? endpoint : undefined;
}
