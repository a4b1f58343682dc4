import type { Batch, Job, SubmissionView } from '@batchdesk/shared';
import { STEPS, partsOf, partsOfBatches } from './parts-of.ts';
import type { Part, Step } from './parts-of.ts';
import { coveredSeconds, wholeSeconds } from './spans.ts';
import type { Span } from './spans.ts';

/**
 * How far a stage is. `begun`: some parts have it behind them, and others are still to come to it. `skipped`: it went on
 * without it. `failed`: it came to its end there.
 */
export type StageState = 'done' | 'current' | 'begun' | 'next' | 'skipped' | 'failed';

/** A stage on the way of a batch, or of all parts of one. Times in Unix seconds. */
export interface Stage {
  name: 'handed_in' | Step | 'ended';
  state: StageState;
  /** When the first part came to it. */
  start: number | null;
  /** When the last part left it; null while one is in it or still to come. */
  end: number | null;
  /** Seconds that any part was in it so far; null of a moment, and where it is not known. */
  seconds: number | null;
}

/** What the stages are told from. `batches`: those of the job that are known, of a large job not all. */
export interface StageSources {
  job: Job;
  submissions: readonly SubmissionView[];
  batches: readonly Batch[];
}

/** The stages of a batch in their order, each as it is at `now`, Unix seconds. Stages that overlap in several parts are each the span over these. */
export function stagesOf(sources: StageSources, now: number): Stage[] {
  const { job } = sources;
  const parts = listParts(sources);
  const isCancelled = parts.some(({ at, began }) => at === 'cancelling' || began.cancelling !== undefined);
  const steps = STEPS.filter((step) => isUsual(step, job) || (step === 'cancelling' && isCancelled));
  // Where not all batches are known, those between the first and the last are taken to be without a gap.
  const measure = sources.batches.length < job.batch_count ? wholeSeconds : coveredSeconds;
  const between = steps.map((step) => stageOf(step, parts, { now, measure }));
  const hasFailed = job.state === 'failed' || job.state === 'expired';
  if (hasFailed && job.finished_at !== null) markFailed(between, parts);
  return [
    { name: 'handed_in', state: 'done', start: job.created_at, end: job.created_at, seconds: null },
    ...between,
    {
      name: 'ended',
      state: job.finished_at === null ? 'next' : hasFailed ? 'failed' : 'done',
      start: job.finished_at,
      end: job.finished_at,
      seconds: null,
    },
  ];
}

/** Seconds that a batch has been worked on so far, or took: the time between its end and being retried is not in it. */
export function elapsedSeconds(sources: StageSources, now: number): number {
  const { job } = sources;
  const spans = listParts(sources).map((part) => ({
    start: part.began.waiting ?? job.created_at,
    end: part.ended ?? job.finished_at ?? now,
  }));
  return coveredSeconds(spans);
}

function listParts({ job, submissions, batches }: StageSources): Part[] {
  if (job.kind === 'imported') return partsOfBatches(job, batches);
  return partsOf(job, submissions, new Map(batches.map((batch) => [batch.id, batch])));
}

/** A batch that was made elsewhere is not sent from here, and its results are fetched when somebody asks for them. */
function isUsual(step: Step, job: Job): boolean {
  if (step === 'cancelling') return false;
  return job.kind !== 'imported' || (step !== 'waiting' && step !== 'collecting');
}

interface Measuring {
  now: number;
  measure: (spans: readonly Span[]) => number;
}

function stageOf(step: Step, parts: readonly Part[], { now, measure }: Measuring): Stage {
  const began = parts.flatMap(({ began: times }) => times[step] ?? []);
  const spans = parts.flatMap((part) => spanOf(step, part, now) ?? []);
  const start = began.length === 0 ? null : Math.min(...began);
  const state = stateOf(step, parts);
  return {
    name: step,
    state,
    start,
    end: state === 'done' && spans.length > 0 ? Math.max(...spans.map((span) => span.end)) : null,
    seconds: spans.length === 0 ? null : measure(spans),
  };
}

function stateOf(step: Step, parts: readonly Part[]): StageState {
  const rank = STEPS.indexOf(step);
  if (parts.some(({ at }) => at === step)) return 'current';
  const hasBegun = parts.some(
    ({ at, began, isUnknown }) => began[step] !== undefined || (isUnknown && rankOf(at) > rank),
  );
  if (parts.every(({ at }) => rankOf(at) > rank)) return hasBegun ? 'done' : 'skipped';
  return hasBegun ? 'begun' : 'next';
}

/** Null where it did not come there, or nothing says when it went on. */
function spanOf(step: Step, part: Part, now: number): Span | null {
  const start = part.began[step];
  if (start === undefined || (part.isUnknown && part.at !== step)) return null;
  const later = STEPS.slice(STEPS.indexOf(step) + 1).map((next) => part.began[next]);
  const end = later.find((time) => time !== undefined) ?? part.ended;
  if (end === null) return part.at === step ? { start, end: Math.max(start, now) } : null;
  return { start, end: Math.max(start, end) };
}

function rankOf(at: Part['at']): number {
  return at === 'ended' ? STEPS.length : STEPS.indexOf(at);
}

function markFailed(stages: readonly Stage[], parts: readonly Part[]): void {
  const failed = parts.flatMap(({ failedIn }) => failedIn ?? []);
  const last = stages.findLast(({ name }) => failed.some((step) => step === name));
  if (last) last.state = 'failed';
}
