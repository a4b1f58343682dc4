import { isTerminalState } from '@batchdesk/shared';
import type { BudgetState, Health, Job, WaitReason } from '@batchdesk/shared';
import { countFailed } from '../../format/progress.ts';

/** Something that somebody has to look at. */
export type Attention =
  | { kind: 'no_key' }
  | { kind: 'paused'; code: string; since: number }
  | { kind: 'trouble'; since: number }
  | { kind: 'budget'; held: number }
  | { kind: 'stuck'; job: Job; stuck: NonNullable<Job['stuck']> }
  /** Unix seconds. */
  | { kind: 'expiring'; job: Job; at: number }
  | { kind: 'waiting'; job: Job; reason: WaitReason; until: number | null }
  | { kind: 'ended'; job: Job; state: 'failed' | 'expired' }
  | { kind: 'errors'; job: Job; failed: number };

interface Known {
  /** Those under way. */
  jobs: readonly Job[];
  /** Those in which some request ended without success, of late. */
  recentErrors: readonly Job[];
  health: Health | undefined;
  budget: BudgetState | null;
  /** Unix seconds. */
  now: number;
}

/** A batch that has so little left is about to expire. */
const EXPIRING_SECONDS = 2 * 3_600;

/** What needs attention, the most urgent first: what holds up everything, then batches, each once and for its worst. */
export function findAttention({ jobs, recentErrors, health, budget, now }: Known): Attention[] {
  const general = [...ofProvider(health), ...ofBudget(budget)];
  const said = new Set<string>();
  const take = (found: readonly (Attention & { job: Job })[]) => {
    const fresh = found.filter(({ job }) => !said.has(job.id));
    for (const { job } of fresh) said.add(job.id);
    return fresh;
  };
  const isSaid = (reason: WaitReason) =>
    reason === 'provider_paused'
      ? general.some(({ kind }) => kind === 'paused')
      : reason === 'month_budget' && general.some(({ kind }) => kind === 'budget');
  return [
    ...general,
    ...take(jobs.flatMap((job) => (job.stuck ? [{ kind: 'stuck' as const, job, stuck: job.stuck }] : []))),
    ...take(findExpiring(jobs, now)),
    ...take(
      jobs.flatMap((job) => {
        const { waiting } = job;
        // Others are being sent: that is over in a moment.
        if (!waiting || waiting.reason === 'busy' || isSaid(waiting.reason)) return [];
        return [{ kind: 'waiting' as const, job, ...waiting }];
      }),
    ),
    ...take(recentErrors.flatMap(ofErrors)),
  ];
}

function ofProvider(health: Health | undefined): Attention[] {
  const provider = health?.provider;
  if (!provider) return [];
  if (!provider.ready) return [{ kind: 'no_key' }];
  if (provider.paused) return [{ kind: 'paused', code: provider.paused.code, since: provider.paused.since }];
  return provider.trouble ? [{ kind: 'trouble', since: provider.trouble.since }] : [];
}

function ofBudget(budget: BudgetState | null): Attention[] {
  return budget?.state === 'reached' ? [{ kind: 'budget', held: budget.held }] : [];
}

function findExpiring(jobs: readonly Job[], now: number) {
  return jobs
    .flatMap((job) =>
      job.expires_at !== null && job.expires_at - now <= EXPIRING_SECONDS
        ? [{ kind: 'expiring' as const, job, at: job.expires_at }]
        : [],
    )
    .toSorted((a, b) => a.at - b.at);
}

function ofErrors(job: Job): (Attention & { job: Job })[] {
  const { state } = job;
  if (state === 'failed' || state === 'expired') return [{ kind: 'ended', job, state }];
  // One that its user ended early has what was asked for, unless requests failed before.
  const failed = countFailed(job.counts);
  return failed > 0 && (isTerminalState(state) || job.counts.failed > 0)
    ? [{ kind: 'errors', job, failed }]
    : [];
}
