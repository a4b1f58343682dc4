import { describe, expect, test } from 'vitest';
import { chooseAdmissible } from '../../apps/server/src/submission/choose-admissible.ts';
import type {
  AdmissionInput,
  BudgetRoom,
  ModelRoom,
  WaitingSubmission,
} from '../../apps/server/src/submission/choose-admissible.ts';
import { isSmall } from '../../apps/server/src/submission/fill-room.ts';
import { createRandom } from '../shared/random.ts';
import type { Random } from '../shared/random.ts';

const NOW = 1_000_000;
const HOUR = 3_600;
const seeds = Array.from({ length: 300 }, (_, seed) => seed);

const one = (id: string, estimated_tokens: number, more: Partial<WaitingSubmission> = {}) => ({
  id,
  job_id: id,
  model: 'm',
  estimated_cost: null,
  estimated_tokens,
  waiting_since: NOW,
  ...more,
});

const room = (more: Partial<ModelRoom> = {}): ModelRoom => ({
  limit: 1_000,
  enqueued: 0,
  enqueuedSmall: 0,
  unvalidated: 0,
  validated: 0,
  blocked_until: 0,
  large_ended_at: 0,
  ...more,
});

function choose(waiting: WaitingSubmission[], of: ModelRoom, more: Partial<AdmissionInput> = {}) {
  const rooms = new Map([['m', of]]);
  const plenty = { budgets: new Map(), slots: 99, creations: 99, paused: false };
  return chooseAdmissible({ waiting, rooms, now: NOW, ...plenty, ...more });
}

const reasons = (admission: ReturnType<typeof choose>) => admission.waits.map(({ reason }) => reason);

describe('what goes', () => {
  test('those that fit go in order; what comes behind one that does not waits with it', () => {
    const { admitted, waits } = choose([one('a', 600), one('b', 600), one('c', 300)], room());
    expect(admitted).toEqual(['a']);
    expect(waits).toEqual([
      { id: 'b', reason: 'token_limit' },
      { id: 'c', reason: 'token_limit' },
    ]);
  });

  test('one that is larger than the limit goes alone', () => {
    expect(choose([one('a', 5_000)], room()).admitted).toEqual(['a']);
    expect(choose([one('a', 5_000)], room({ enqueued: 1 })).admitted).toEqual([]);
  });

  test('small ones pass one that does not fit, a tenth of the limit in all', () => {
    const waiting = [one('a', 900), one('b', 50), one('c', 40), one('d', 20), one('e', 10)];
    expect(choose(waiting, room({ enqueued: 500 })).admitted).toEqual(['b', 'c']);
    expect(choose(waiting, room({ enqueued: 960 })).admitted).toEqual([]);
  });

  test('small ones stop holding one that has waited for an hour', () => {
    const waiting = [one('a', 900, { waiting_since: NOW - HOUR - 1 }), one('b', 5)];
    expect(choose(waiting, room({ enqueued: 100, enqueuedSmall: 100 })).admitted).toEqual(['a']);
    const held = room({ enqueued: 181, enqueuedSmall: 80 });
    expect(choose(waiting, held).admitted).toEqual(['b']);
    expect(
      choose([one('a', 950, { waiting_since: 0 }), one('b', 5)], room({ ...held, enqueued: 80 })),
    ).toEqual({
      admitted: [],
      waits: [
        { id: 'a', reason: 'token_limit' },
        { id: 'b', reason: 'token_limit' },
      ],
    });
  });

  test('while the limit is unknown few are risked, one more for each that was taken', () => {
    const waiting = ['a', 'b', 'c', 'd'].map((id) => one(id, 10_000_000));
    const unknown = { limit: null };
    expect(choose(waiting, room(unknown)).admitted).toEqual(['a']);
    expect(reasons(choose(waiting, room({ ...unknown, unvalidated: 1 })))).toEqual(
      waiting.map(() => 'unknown_limit'),
    );
    expect(choose(waiting, room({ ...unknown, validated: 2, unvalidated: 1 })).admitted).toEqual(['a', 'b']);
  });

  test('what is common to all comes on top', () => {
    const waiting = [one('a', 1), one('b', 1, { model: null }), one('c', 1, { model: 'other' })];
    expect(reasons(choose(waiting, room(), { paused: true }))).toEqual(waiting.map(() => 'provider_paused'));
    expect(choose(waiting, room({ blocked_until: NOW + 1 }))).toEqual({
      admitted: ['b', 'c'],
      waits: [{ id: 'a', reason: 'backoff' }],
    });
    expect(choose(waiting, room(), { creations: 1 })).toMatchObject({ admitted: ['a'] });
    expect(reasons(choose(waiting, room(), { creations: 1 }))).toEqual(['creation_rate', 'creation_rate']);
    expect(reasons(choose(waiting, room(), { slots: 1 }))).toEqual(['busy', 'busy']);
  });
});

describe('what budgets hold', () => {
  const hold = (limit: bigint, committed = 0n): BudgetRoom => ({ limit, committed, at_limit: 'hold' });
  const costs = (id: string, estimated_cost: bigint | null, job_id = id) =>
    one(id, 1, { job_id, estimated_cost });

  test('a job stops where its money ends; others go on under theirs', () => {
    const waiting = [costs('a', 6n, 'j'), costs('b', 6n, 'j'), costs('c', 1n, 'j'), costs('d', 6n, 'k')];
    const budgets = new Map([
      ['j', hold(10n)],
      ['k', hold(6n)],
    ]);
    expect(choose(waiting, room(), { budgets })).toEqual({
      admitted: ['a', 'd'],
      waits: [
        { id: 'b', reason: 'job_budget' },
        { id: 'c', reason: 'job_budget' },
      ],
    });
  });

  test('those of one round do not spend the same money; a cheaper job may pass', () => {
    const waiting = [costs('a', 6n), costs('b', 6n), costs('c', 4n)];
    const budgets = new Map([['month', hold(20n, 10n)]]);
    expect(choose(waiting, room(), { budgets })).toEqual({
      admitted: ['a', 'c'],
      waits: [{ id: 'b', reason: 'month_budget' }],
    });
  });

  test('what is held takes no room from others', () => {
    const waiting = [one('a', 900, { estimated_cost: 9n }), one('b', 900, { estimated_cost: 1n })];
    const budgets = new Map([['month', hold(5n)]]);
    expect(choose(waiting, room(), { budgets })).toEqual({
      admitted: ['b'],
      waits: [{ id: 'a', reason: 'month_budget' }],
    });
  });

  test('what has no price or costs nothing goes, whatever is spent; so does all where a budget only warns', () => {
    const waiting = [costs('a', null), costs('b', 0n), costs('c', 1n)];
    const spent = hold(5n, 9n);
    expect(choose(waiting, room(), { budgets: new Map([['month', spent]]) }).admitted).toEqual(['a', 'b']);
    const budgets = new Map([['month', { ...spent, at_limit: 'warn' as const }]]);
    expect(choose(waiting, room(), { budgets }).admitted).toEqual(['a', 'b', 'c']);
  });
});

function randomInput({ below, pick }: Random): AdmissionInput {
  const models = ['m', 'n', null];
  const waiting = Array.from({ length: below(30) }, (_, index) => ({
    id: String(index),
    job_id: `job-${below(6)}`,
    model: pick(models),
    estimated_cost: pick([null, 0n, BigInt(below(40)), BigInt(below(200))]),
    estimated_tokens: pick([below(50), below(100), below(1_000), below(3_000)]),
    waiting_since: NOW - below(3 * HOUR),
  })).toSorted((a, b) => a.waiting_since - b.waiting_since);
  const rooms = ['m', 'n'].map((model): [string, ModelRoom] => {
    const small = below(2) * below(100);
    const of = { enqueuedSmall: small, enqueued: small + below(2) * below(1_000), validated: below(3) };
    const block = below(4) === 0 ? { blocked_until: NOW + 5 } : {};
    const large_ended_at = NOW - below(3 * HOUR);
    return [
      model,
      room({ ...of, ...block, unvalidated: below(3), large_ended_at, limit: pick([1_000, null]) }),
    ];
  });
  const scopes = ['month', 'job-0', 'job-1', 'job-2', 'job-3'].filter(() => below(3) > 0);
  const budgets = scopes.map((scope): [string, BudgetRoom] => {
    const limit = BigInt(1 + below(300));
    return [scope, { limit, committed: BigInt(below(200)), at_limit: pick(['hold', 'hold', 'warn']) }];
  });
  return {
    waiting,
    rooms: new Map(rooms),
    budgets: new Map(budgets),
    slots: below(20),
    creations: below(30),
    paused: below(20) === 0,
    now: NOW,
  };
}

describe('whatever waits', () => {
  test('each is admitted or waits, the limit holds, the order too', () => {
    expect.hasAssertions();
    for (const seed of seeds) check(seed);
  });

  const isHeld = (waits: { id: string; reason: string }[], id: string) =>
    waits.some((wait) => wait.id === id && wait.reason.endsWith('_budget'));

  /** No budget that holds is passed, and nothing waits for one that has room or only warns. */
  function checkBudgets(input: AdmissionInput, { admitted, waits }: ReturnType<typeof choose>): void {
    const reasonOf = new Map(waits.map(({ id, reason }) => [id, reason]));
    const left = new Map<string, bigint>();
    for (const [scope, { limit, committed, at_limit }] of input.budgets) {
      const going = input.waiting.filter(
        ({ id, job_id }) => admitted.includes(id) && (scope === 'month' || scope === job_id),
      );
      const sum = going.reduce((total, { estimated_cost }) => total + (estimated_cost ?? 0n), 0n);
      if (at_limit === 'hold') left.set(scope, limit - committed - sum);
      if (at_limit === 'hold' && sum > 0n) expect(committed + sum).toBeLessThanOrEqual(limit);
    }
    for (const [index, { id, job_id, estimated_cost }] of input.waiting.entries()) {
      const reason = reasonOf.get(id);
      if (reason !== 'job_budget' && reason !== 'month_budget') continue;
      expect(estimated_cost ?? 0n).toBeGreaterThan(0n);
      const remaining = left.get(reason === 'job_budget' ? job_id : 'month');
      const before = input.waiting.slice(0, index);
      const isBehind = before.some((each) => each.job_id === job_id && reasonOf.get(each.id) === reason);
      expect(remaining !== undefined && (isBehind || estimated_cost! > remaining)).toBe(true);
    }
    // A job stops where its money ends: what is behind costs nothing, as far as anybody knows.
    for (const job of new Set(input.waiting.map(({ job_id }) => job_id))) {
      const own = input.waiting.filter(({ job_id }) => job_id === job);
      const stop = own.findIndex(({ id }) => isHeld(waits, id));
      const after = stop < 0 ? [] : own.slice(stop + 1).filter(({ id }) => admitted.includes(id));
      expect(after.every(({ estimated_cost }) => !estimated_cost)).toBe(true);
    }
  }

  function check(seed: number): void {
    const input = randomInput(createRandom(seed));
    const { admitted, waits } = chooseAdmissible(input);
    const ids = input.waiting.map(({ id }) => id);
    expect([...admitted, ...waits.map(({ id }) => id)].toSorted()).toEqual(ids.toSorted());
    expect(admitted.length).toBeLessThanOrEqual(Math.min(input.slots, input.creations));
    checkBudgets(input, { admitted, waits });
    for (const [model, of] of input.rooms) {
      const own = input.waiting.filter((each) => each.model === model && !isHeld(waits, each.id));
      const going = own.filter(({ id }) => admitted.includes(id));
      const sum = going.reduce((total, each) => total + each.estimated_tokens, of.enqueued);
      if (of.limit === null) expect(going).toEqual(own.slice(0, going.length));
      else {
        const { limit } = of;
        const alone = of.enqueued === 0 && going.filter((each) => each.estimated_tokens > 0).length === 1;
        if (going.length > 0 && !alone) expect(sum).toBeLessThanOrEqual(limit);
        for (const size of [true, false]) {
          const all = own.filter((each) => isSmall(each.estimated_tokens, limit) === size);
          const sent = all.filter((each) => going.includes(each));
          expect(sent).toEqual(all.slice(0, sent.length));
        }
      }
    }
  }
});

/** Lets time pass: what goes ends after its hours. Returns the hour in which each went. */
function simulate(
  hours: number,
  arrivals: (hour: number, now: number) => WaitingSubmission[],
  duration: (id: string) => number,
) {
  let waiting: WaitingSubmission[] = [];
  let running: { one: WaitingSubmission; until: number }[] = [];
  let large_ended_at = 0;
  const went = new Map<string, number>();
  for (let quarter = 0; quarter < hours * 4; quarter += 1) {
    const hour = quarter / 4;
    const now = NOW + hour * HOUR;
    waiting.push(...arrivals(hour, now));
    for (const { one: each } of running.filter(({ until }) => until <= hour)) {
      if (!isSmall(each.estimated_tokens, 1_000)) large_ended_at = now;
    }
    running = running.filter(({ until }) => until > hour);
    const sum = (list: typeof running) =>
      list.reduce((total, { one: each }) => total + each.estimated_tokens, 0);
    const enqueuedSmall = sum(running.filter(({ one: each }) => isSmall(each.estimated_tokens, 1_000)));
    const { admitted } = choose(waiting, room({ enqueued: sum(running), enqueuedSmall, large_ended_at }), {
      now,
    });
    for (const each of waiting.filter(({ id }) => admitted.includes(id))) {
      running.push({ one: each, until: hour + duration(each.id) });
      went.set(each.id, hour);
    }
    waiting = waiting.filter(({ id }) => !admitted.includes(id));
  }
  return went;
}

describe('in the long run', () => {
  test('an endless stream of small ones does not hold a large one for ever', () => {
    const went = simulate(
      60,
      (hour, waiting_since) => [
        ...(hour === 1 ? [one('large', 1_000, { waiting_since })] : []),
        one(`s${hour}`, 30, { waiting_since }),
      ],
      (id) => (id === 'large' ? 5 : 3),
    );
    expect(went.get('large')).toBeLessThan(10);
    expect(went.get('s20')).toBeLessThan(40);
  });

  test.each([1_000, 990, 700, 300])('a small one is not left behind large ones of %i', (tokens) => {
    const went = simulate(
      60,
      (hour, waiting_since) =>
        hour === 0
          ? Array.from({ length: 40 }, (_, index) => one(`l${index}`, tokens, { waiting_since }))
          : hour === 1
            ? [one('small', 20, { waiting_since })]
            : [],
      () => 4,
    );
    expect(went.get('small')).toBeLessThan(10);
    expect(went.get('l9')).toBeLessThan(50);
  });
});
