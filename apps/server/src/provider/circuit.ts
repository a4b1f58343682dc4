import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import type { Provider } from './provider.ts';

/** Whether the provider is worth calling for work that nobody waits for. */
export interface Circuit {
  /** Milliseconds until the next call may be tried; 0 while all is well. */
  waitMs(): number;
}

/** Failures in a row after which the provider is left alone. */
const FAILURES = 3;
const DELAY_MS = { first: 5_000, longest: 300_000 };

/** What says something about the provider as a whole. */
const OF_PROVIDER: readonly ErrorCode[] = ['provider_unreachable', 'provider_error', 'rate_limited'];

/**
 * Watches the calls to a provider. After three failures in a row it is open: for 5 seconds, doubled each time up to 5 minutes,
 * or for as long as Retry-After says. Any call that works closes it. Callers who wait for an answer are never held up.
 */
export function watchProvider(provider: Provider): { provider: Provider; circuit: Circuit } {
  let failures = 0;
  let openUntilMs = 0;

  function noteFailure(error: unknown): void {
    if (!(error instanceof BatchdeskError)) return;
    if (!OF_PROVIDER.includes(error.code)) return noteSuccess(); // it answers
    failures += 1;
    const { retryAfterSeconds } = error;
    if (failures < FAILURES && retryAfterSeconds === undefined) return;
    const doubled = DELAY_MS.first * 2 ** Math.min(Math.max(0, failures - FAILURES), 6);
    const delayMs = retryAfterSeconds === undefined ? doubled : retryAfterSeconds * 1_000;
    openUntilMs = performance.now() + Math.min(delayMs, DELAY_MS.longest);
  }

  function noteSuccess(): void {
    failures = 0;
    openUntilMs = 0;
  }

  const watched = new Proxy(provider, {
    get(target, name: keyof Provider) {
      const value: unknown = target[name];
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        try {
          const answer: unknown = await value.apply(target, given);
          noteSuccess();
          return answer;
        } catch (error) {
          noteFailure(error);
          throw error;
        }
      };
    },
  });
  return { provider: watched, circuit: { waitMs: () => Math.max(0, openUntilMs - performance.now()) } };
}
