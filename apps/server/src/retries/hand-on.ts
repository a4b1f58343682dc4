import { setImmediate as nextTurn } from 'node:timers/promises';
import { LIMITS, createPlanner } from '@batchdesk/shared/input';
import type { Planner } from '@batchdesk/shared/input';
import { handOver, readHanded, sumEstimates } from '../db/hand-on.ts';
import type { HandOnMode, HandedRequest, Selection } from '../db/hand-on.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';

/** Which requests of a submission go on, and how. */
export interface HandOn {
  job: StoredJob;
  source: Submission;
  selection: Selection;
  mode: HandOnMode;
  /** Tokens that one batch of the model may have, in those of `estimated_tokens` of a submission. */
  tokenLimit?: number | undefined;
}

/**
 * Hands requests of a submission on to new ones, by portions: each request belongs to one of them at any time. What a dead
 * process did of this is kept. Returns how many went on; `finishPlanning` lets the new submissions go.
 */
export async function handOn({ db, step }: Pick<Deps, 'db' | 'step'>, work: HandOn): Promise<number> {
  const { job, source, selection, mode } = work;
  const planner = createPlanner({
    requests: LIMITS.requestsPerBatch,
    bytes: LIMITS.inputFileBytes,
    embeddingInputs: Infinity, // those of one batch fit into one
    tokens: await scaleLimit(db, work),
  });
  const targets: string[] = [];
  let handed = 0;
  for (;;) {
    const found = await readHanded(db, source.id, selection);
    if (found.length === 0) return handed;
    const requests = found.map((request) => ({
      rowid: request.rowid,
      target: plan(planner, source, request),
    }));
    await handOver(db, { job, source, targets, requests, mode });
    handed += found.length;
    step('retry.portion');
    await nextTurn();
  }
}

/** The limit in the tokens in which single requests were estimated, before the whole was counted with a tokenizer. */
async function scaleLimit(
  db: Deps['db'],
  { source, tokenLimit }: HandOn,
): Promise<(model: string) => number> {
  if (tokenLimit === undefined) return () => Infinity;
  const whole = Number(source.estimated_tokens);
  const scale = whole > 0 ? (await sumEstimates(db, source.id)) / whole : 1;
  return () => tokenLimit * scale;
}

function plan(planner: Planner, { model }: Submission, request: HandedRequest): number {
  const { input_bytes, estimated_tokens } = request;
  // Answers decide nothing here; see `finishPlanning`.
  const none = { embedding_inputs: 0, max_output_tokens: 0 };
  return planner.add({ model: model ?? '', bytes: input_bytes, estimated_tokens, ...none });
}
