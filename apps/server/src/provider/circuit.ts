import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { Provider } from './provider.ts';

/** What the last call met, and when the first of them in a row met it. */
export interface ProviderTrouble {
  code: ErrorCode;
  since: number;
}

/** Whether the provider is worth calling for work that nobody waits for. */
export interface Circuit {
  /** Milliseconds until the next call may be tried; 0 while all is well. */
  waitMs(): number;
  /** Why it is left alone, and since when nothing worked, in Unix seconds; `null` while all is well. */
  trouble(): ProviderTrouble | null;
}

/** Failures in a row after which the provider is left alone. */
const FAILURES = 3;
const DELAY_MS = { first: 5_000, longest: 300_000 };
/** Trouble is told of for so long after the next call was due: where nothing is under way nobody makes one. */
const CALL_MS = 60_000;

/** What says something about the provider as a whole. */
const OF_PROVIDER: readonly ErrorCode[] = ['provider_unreachable', 'provider_error', 'rate_limited'];

/**
 * Watches the calls to a provider. After three failures in a row it is open: for 5 seconds, doubled each time up to 5 minutes,
 * or for as long as Retry-After says. Any call that works closes it. Callers who wait for an answer are never held up.
 */
export function watchProvider(provider: Provider): { provider: Provider; circuit: Circuit } {
  let failures = 0;
  let openUntilMs = 0;
  let last: ProviderTrouble | null = null;

  function noteFailure(error: unknown): void {
    if (!(error instanceof BatchdeskError)) return;
    if (!OF_PROVIDER.includes(error.code)) return noteSuccess(); // it answers
    failures += 1;
    last = { code: error.code, since: last?.since ?? nowSeconds() };
    const { retryAfterSeconds } = error;
    if (failures < FAILURES && retryAfterSeconds === undefined) return;
    const doubled = DELAY_MS.first * 2 ** Math.min(Math.max(0, failures - FAILURES), 6);
    const delayMs = retryAfterSeconds === undefined ? doubled : retryAfterSeconds * 1_000;
    openUntilMs = performance.now() + Math.min(delayMs, DELAY_MS.longest);
  }

  function noteSuccess(): void {
    failures = 0;
    openUntilMs = 0;
    last = null;
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
  return {
    provider: watched,
    circuit: {
      waitMs: () => Math.max(0, openUntilMs - performance.now()),
      trouble: () => (performance.now() < openUntilMs + CALL_MS && openUntilMs > 0 ? last : null),
    },
  };
}
