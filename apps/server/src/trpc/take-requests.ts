import { Readable } from 'node:stream';
import { BatchdeskError } from '@batchdesk/shared';
import type { InputScope } from '@batchdesk/shared';
import type { StagedInput } from '../services.ts';
import type { Context } from './trpc.ts';

/** What the requests of a procedure are for. A batch when left out. */
export interface TakenFor {
  scope?: InputScope;
  /** They are estimated, and nothing else. */
  isEstimated?: boolean;
}

/**
 * The requests that came with a call: read apart from it as its body came in, or, in a call with others in one body, out
 * of the parsed input. `undefined` when there are none. What they are for has to be that of the procedure in `TAKES_REQUESTS`.
 */
export async function takeRequests(
  { services, stagedInput }: Context,
  input: { endpoint?: string | undefined; requests?: readonly unknown[] | undefined },
  { scope = 'batch', isEstimated }: TakenFor = {},
): Promise<StagedInput | undefined> {
  const { endpoint, requests } = input;
  if (requests === undefined) return undefined;
  if (stagedInput) return stagedInput;
  const body = Readable.from([Buffer.from(toJson({ endpoint, requests }, 'requests'))]);
  return (await services.stageJson(body, { scope, isEstimated })).staged;
}

/**
 * A parsed value as JSON again.
 *
 * @throws {BatchdeskError} `invalid_value` for one that is nested beyond the stack
 */
export function toJson(value: unknown, param: string): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const details = { reason: 'it is nested too deeply.' };
    throw new BatchdeskError('invalid_value', { param, details, cause });
  }
}
