import { SCOPE_LIMITS, isBatchEndpoint } from '@batchdesk/shared';
import type { BatchEndpoint } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { createRequestCutter } from './cut-requests.ts';
import { stageInput } from './stage-input.ts';
import type { StageOptions, StagedInput } from './stage-input.ts';

/** How the requests of a body are found and checked; their endpoint is a field of it. */
export interface StageJsonOptions extends Omit<StageOptions, 'endpoint'> {
  /** Where they are: directly in the body, or in the first call of a batch of calls (`{"0": {…}}`). */
  place?: 'body' | 'first call' | undefined;
}

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
  { place = 'body', ...options }: StageJsonOptions = {},
): Promise<StagedJson> {
  const maxBytes = SCOPE_LIMITS[options.scope ?? 'batch'].bodyBytes;
  const cutter = createRequestCutter({ listDepth: place === 'body' ? 1 : 2, maxBytes });
  let body: unknown;

  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) yield cutter.feed(chunk);
    body = cutter.finish();
  }

  const endpoint = () =>
    endpointOf(place === 'body' ? body : (body as { 0?: unknown } | null | undefined)?.[0]);
  const staged = await stageInput(deps, lines(), { ...options, endpoint });
  return { body, staged };
}

function endpointOf(call: unknown): BatchEndpoint | undefined {
  const endpoint = (call as { endpoint?: unknown } | null | undefined)?.endpoint;
  return isBatchEndpoint(endpoint) ? endpoint : undefined;
}
