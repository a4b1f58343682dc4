import type { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { endPause, findPause, savePause } from '../db/provider-pauses.ts';
import type { Deps } from '../deps.ts';

type PauseDeps = Pick<Deps, 'db' | 'provider' | 'log'>;

/** Seconds until it is seen whether the provider works again: doubled each time, up to an hour. */
const PROBE_SECONDS = { first: 60, longest: 3_600 };

/** Codes that mean the account has to be mended. Source: OpenAI's error codes page. */
export const BILLING = /^(?:insufficient_quota|billing_\w+)$/;

/** Whether an error stops all batches of the provider until somebody mends the account or the key. */
export function isPausing({ code }: BatchdeskError): boolean {
  return code === 'insufficient_quota' || code === 'provider_unauthorized';
}

/** Sends nothing more to the provider until it works again; says so once. */
export async function pauseProvider(
  { db, provider, log }: PauseDeps,
  { code, message }: { code: string; message: string },
): Promise<void> {
  const known = await findPause(db, provider.name);
  // Of several that were under way each comes here: they are one refusal.
  if (known && known.code === code && known.probe_at > nowSeconds()) return;
  const probes = (known?.probes ?? -1) + 1;
  const seconds = Math.min(PROBE_SECONDS.first * 2 ** probes, PROBE_SECONDS.longest);
  const since = known?.since ?? nowSeconds();
  await savePause(db, {
    provider: provider.name,
    code,
    message,
    since,
    probe_at: nowSeconds() + seconds,
    probes,
  });
  if (!known) log.error({ code }, `nothing more is sent to the provider: ${message}`);
}

/** Notes that the provider took a call: a key that was refused is a good one now. */
export async function noteWorking(deps: PauseDeps): Promise<void> {
  const pause = await findPause(deps.db, deps.provider.name);
  if (pause?.code === 'provider_unauthorized') await resumeProvider(deps);
}

/** Goes on sending. */
export async function resumeProvider({ db, provider, log }: PauseDeps): Promise<void> {
  if (await endPause(db, provider.name)) log.info({}, 'the provider works again: what waited is sent');
}
