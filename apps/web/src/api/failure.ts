import type { ErrorObject } from '@batchdesk/shared';
import { TRPCClientError } from '@trpc/client';

/** Why a call gave nothing: the server said so, or no answer of the server came. */
export type Failure = { kind: 'refused'; error: ErrorObject } | { kind: 'unreachable' };

/** No answer came, or one that is not the server's: that of a proxy, say. */
export const UNREACHABLE: Failure = { kind: 'unreachable' };

/** What a failed tRPC call says. Throws on whatever is not one: that is a mistake in the page. */
export function toFailure(thrown: unknown): Failure {
  if (!(thrown instanceof TRPCClientError)) throw thrown;
  return readFailure(thrown.data) ?? UNREACHABLE;
}

/** The failure in `{error: …}`, undefined when there is none. */
export function readFailure(answer: unknown): Failure | undefined {
  if (!isRecord(answer) || !isRecord(answer['error'])) return undefined;
  const { error } = answer;
  if (typeof error['code'] !== 'string' || typeof error['message'] !== 'string') return undefined;
  return { kind: 'refused', error: error as ErrorObject };
}

/** Whether the server asks for its API token. */
export function isUnauthorized(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.error.code === 'unauthorized';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
