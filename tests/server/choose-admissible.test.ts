import { describe, expect, test } from 'vitest';
import { chooseAdmissible } from '../../apps/server/src/submission/choose-admissible.ts';
import type {
  AdmissionInput,
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
  model: 'm',
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
  return chooseAdmissible({ waiting, rooms, slots: 99, creations: 99, paused: false, now: NOW, ...more });
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

function randomInput({ below, pick }: Random): AdmissionInput {
  const models = ['m', 'n', null];
  const waiting = Array.from({ length: below(30) }, (_, index) => ({
    id: String(index),
    model: pick(models),
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
  return {
    waiting,
    rooms: new Map(rooms),
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

  function check(seed: number): void {
    const input = randomInput(createRandom(seed));
    const { admitted, waits } = chooseAdmissible(input);
    const ids = input.waiting.map(({ id }) => id);
    expect([...admitted, ...waits.map(({ id }) => id)].toSorted()).toEqual(ids.toSorted());
    expect(admitted.length).toBeLessThanOrEqual(Math.min(input.slots, input.creations));
    for (const [model, of] of input.rooms) {
      const own = input.waiting.filter((each) => each.model === model);
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
