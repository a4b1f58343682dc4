import type { FaultInput } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';
import {
  batchesAtProvider,
  countsOf,
  createJob,
  requestIds,
  resultIds,
  untilEnded,
} from '../helpers/jobs.ts';
import { skipWaits } from '../helpers/skip-waits.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const REQUESTS = 6;
/** All that is called to bring a job to its end. */
const OPERATIONS = [
  'files.create',
  'files.retrieve',
  'files.content',
  'files.list',
  'batches.create',
  'batches.retrieve',
  'batches.list',
] as const;

/** Everything that can happen to any call. */
const KINDS: Record<string, (on: (typeof OPERATIONS)[number]) => FaultInput> = {
  rate_limit: (on) => ({ kind: 'rate_limit', on, times: 2 }),
  server_error: (on) => ({ kind: 'server_error', on, times: 2 }),
  unauthorized: (on) => ({ kind: 'unauthorized', on, times: 2 }),
  insufficient_quota: (on) => ({ kind: 'insufficient_quota', on, times: 2 }),
  reset_before: (on) => ({ kind: 'reset_before', on, times: 2 }),
  reset_after: (on) => ({ kind: 'reset_after', on, times: 2 }),
  slow: (on) => ({ kind: 'slow', on, delayMs: 1_000, times: 2 }),
};

/** What can happen to downloads and uploads alone. */
const OF_FILES: [string, FaultInput[]][] = [
  ['downloads that end early', [{ kind: 'truncate', bytes: 100, times: 2 }]],
  [
    'downloads that end early, and begin anew when a part is asked for',
    [
      { kind: 'truncate', bytes: 100 },
      { kind: 'ignore_range', times: 2 },
    ],
  ],
  ['uploads that nobody sees for a while', [{ kind: 'not_visible', calls: 2, times: 2 }]],
  ['all calls that break', [{ kind: 'reset_after', on: '*', times: 10 }]],
  ['all calls that answer 500', [{ kind: 'server_error', on: '*', times: 10 }]],
];

/** Without these nobody looks for a file, or asks about a single batch. */
const LEADING: Partial<Record<(typeof OPERATIONS)[number], FaultInput>> = {
  'files.list': { kind: 'reset_after', on: 'files.create' },
  'batches.retrieve': { kind: 'server_error', on: 'batches.list', times: 9 },
};

const calls = OPERATIONS.flatMap((on) =>
  Object.entries(KINDS).map(([name, make]): [string, FaultInput[]] => [
    `${name} of ${on}`,
    [make(on), ...(LEADING[on] ? [LEADING[on]] : [])],
  ]),
);

/** What can happen to a batch; `missing` results are lost for good, and asked for again. */
const OF_BATCHES: [string, FaultInput, { attempts?: number; isReleased?: boolean }][] = [
  ['no room', { kind: 'batch_token_limit_exceeded' }, {}],
  [
    'no quota',
    { kind: 'batch_failed', errors: [{ code: 'billing_hard_limit_reached', message: 'No money.' }] },
    {},
  ],
  ['no files', { kind: 'batch_null_file_ids' }, { attempts: 2 }],
  ['files without a name', { kind: 'batch_empty_file_ids' }, { attempts: 2 }],
  ['no error file', { kind: 'batch_empty_file_ids', which: 'absent' }, {}],
  ['files that come late', { kind: 'batch_late_file_ids', delayMs: 2_500 }, {}],
  ['validation that lasts', { kind: 'batch_stuck', status: 'validating' }, { isReleased: true }],
  ['work that lasts', { kind: 'batch_stuck', status: 'in_progress' }, { isReleased: true }],
  ['an end that lasts', { kind: 'batch_stuck', status: 'finalizing' }, { isReleased: true }],
  ['counts that are wrong', { kind: 'batch_request_counts', counts: { total: 0, completed: 99 } }, {}],
];

async function expectAllAnswered(server: TestServer, id: string, attempts = 1): Promise<void> {
  const view = await untilEnded(server, id, 60_000);
  expect([view.job.status, countsOf(view)]).toEqual(['completed', { total: REQUESTS, succeeded: REQUESTS }]);
  expect(await resultIds(server, id)).toEqual(requestIds(REQUESTS));
  const rows = await server.db.request.findMany({ where: { is_superseded: false } });
  expect(rows.map(({ attempt }) => attempt)).toEqual(Array(REQUESTS).fill(attempts));
  const marks = (await batchesAtProvider(server)).map(({ metadata }) => metadata!['batchdesk']);
  expect(new Set(marks).size).toBe(marks.length);
}

test.concurrent.for([...calls, ...OF_FILES])(
  'after %s every request is answered, once',
  { timeout: 90_000 },
  async ([, faults]) => {
    await using server = await startTestServer();
    server.local.faults.add(...faults);
    const id = await createJob(server, REQUESTS);
    await using waits = skipWaits(server);
    void waits;
    await untilEnded(server, id, 60_000);
    const { kind } = faults[0]!;
    // Of a file that nobody sees the log tells its upload alone.
    const hasStruck = server.local.faults.calls().some(({ fault }) => fault === kind);
    expect(hasStruck || kind === 'not_visible').toBe(true);
    // What did not strike must not meet the test's own calls.
    server.local.faults.clear();
    await expectAllAnswered(server, id);
    expect(await batchesAtProvider(server)).toHaveLength(1);
  },
);

test.concurrent.for(OF_BATCHES)(
  'after a batch with %s every request is answered, once',
  { timeout: 90_000 },
  async ([, fault, { attempts = 1, isReleased = false }]) => {
    await using server = await startTestServer();
    server.local.faults.add(fault);
    const id = await createJob(server, REQUESTS);
    await using waits = skipWaits(server);
    void waits;
    if (isReleased) {
      await waitFor(
        () => server.db.event.count({ where: { type: 'batch.created' } }),
        (count) => count === 1,
      );
      setTimeout(() => server.local.faults.release(), 2_000);
    }
    if (attempts > 1) await forgetFiles(server);
    await expectAllAnswered(server, id, attempts);
    // It has struck.
    expect(server.local.faults.list()).toEqual([]);
  },
);

/** Lets ten minutes pass since a batch ended: files that are not named by then never are. */
async function forgetFiles({ db }: TestServer): Promise<void> {
  await waitFor(
    () => db.batch.findFirst(),
    (batch) => batch !== null && batch.completed_at !== null,
  );
  await waitFor(
    async () => {
      const long = { completed_at: Math.floor(Date.now() / 1000) - 3_600 };
      await db.batch.updateMany({ where: { collected_at: null, completed_at: { not: null } }, data: long });
      return db.batch.count({ where: { collected_at: { not: null } } });
    },
    (count) => count > 0,
  );
}
