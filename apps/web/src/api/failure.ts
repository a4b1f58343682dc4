import type { ErrorObject } from '@batchdesk/shared';
import { CancelledError } from '@tanstack/solid-query';
import { TRPCClientError } from '@trpc/client';

/** Why a call gave nothing: the server said so, no answer of the server came, or the page itself is wrong. */
export type Failure = { kind: 'refused'; error: ErrorObject } | { kind: 'unreachable' } | { kind: 'broken' };

/** No answer came, or one that is not the server's: that of a proxy, say. */
export const UNREACHABLE: Failure = { kind: 'unreachable' };

/** What was reported: the same is looked at for a retry, for a toast, and each time that it is shown. */
const reported = new Set<unknown>();

/** What a failed tRPC call says. Whatever is not one is a mistake in the page: it is reported to the browser, and shown. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof TRPCClientError) return readFailure(thrown.data) ?? UNREACHABLE;
  // Nobody waits for it any more.
  if (thrown instanceof CancelledError) return UNREACHABLE;
  if (!reported.has(thrown)) reportError(thrown);
  reported.add(thrown);
  return { kind: 'broken' };
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
