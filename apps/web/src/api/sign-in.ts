import { UNREACHABLE, readFailure } from './failure.ts';
import type { Failure } from './failure.ts';

/** Signs this browser in with the API token. Returns what went wrong, `null` when nothing did. */
export async function signIn(token: string): Promise<Failure | null> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return null;
    return readFailure(await response.json()) ?? UNREACHABLE;
  } catch {
    return UNREACHABLE;
  }
}
