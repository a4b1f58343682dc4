import type { Health } from '@batchdesk/shared';
import { findPause } from '../db/provider-pauses.ts';
import type { Deps } from '../deps.ts';
import { VERSION } from '../version.ts';

/** That the server works, who runs its batches, and whether something there has to be mended first. */
export async function describeHealth({
  db,
  provider,
  circuit,
}: Pick<Deps, 'db' | 'provider' | 'circuit'>): Promise<Health> {
  const { name, baseUrl: base_url, ready } = provider;
  const pause = await findPause(db, name);
  const paused = pause && {
    code: pause.code,
    message: pause.message,
    since: pause.since,
    probe_at: pause.probe_at,
  };
  const trouble = circuit.trouble();
  const described = { name, base_url, ready, paused, trouble };
  return { success: true, status: 'ok', version: VERSION, provider: described };
}
