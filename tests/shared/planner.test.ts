import { createPlanner } from '@batchdesk/shared/input';
import type { PlannedPart, PlannerLimits } from '@batchdesk/shared/input';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

type Request = Parameters<ReturnType<typeof createPlanner>['add']>[0];

const NO_LIMITS: PlannerLimits = {
  requests: Infinity,
  bytes: Infinity,
  embeddingInputs: Infinity,
  tokens: () => Infinity,
};
const small: Request = {
  model: 'm',
  bytes: 9,
  embedding_inputs: 1,
  estimated_tokens: 1,
  max_output_tokens: 1,
};

/** The part of each request, and the parts. */
function plan(requests: readonly Request[], limits: Partial<PlannerLimits>) {
  const planner = createPlanner({ ...NO_LIMITS, ...limits });
  return { chosen: requests.map((request) => planner.add(request)), parts: planner.parts };
}

function sumUp(requests: readonly Request[]): Omit<PlannedPart, 'model'> {
  const sum = (count: (request: Request) => number) => requests.reduce((all, one) => all + count(one), 0);
  return {
    request_count: requests.length,
    bytes: sum(({ bytes }) => bytes + 1),
    embedding_inputs: sum((request) => request.embedding_inputs),
    estimated_tokens: sum((request) => request.estimated_tokens),
    max_output_tokens: sum((request) => request.max_output_tokens ?? 0),
    uncapped_requests: sum((request) => (request.max_output_tokens === null ? 1 : 0)),
  };
}

function exceeds(requests: readonly Request[], limits: PlannerLimits): boolean {
  const { request_count, bytes, embedding_inputs, estimated_tokens } = sumUp(requests);
  return (
    request_count > limits.requests ||
    bytes > limits.bytes ||
    embedding_inputs > limits.embeddingInputs ||
    estimated_tokens > limits.tokens(requests[0]!.model)
  );
}

function randomCase(seed: number): { requests: Request[]; limits: PlannerLimits } {
  const random = createRandom(seed);
  const models = ['m', 'n', '__proto__', 'o'].slice(0, 1 + random.below(4));
  const tokens = new Map(models.map((model) => [model, random.pick([5, 30, 100, Infinity])]));
  const most = random.pick([3, 20, 40]);
  const requests = Array.from({ length: random.below(300) }, () => ({
    model: random.pick(models),
    bytes: 1 + random.below(most),
    embedding_inputs: random.below(5),
    estimated_tokens: random.below(most),
    max_output_tokens: random.pick([null, 0, 1, 500]),
  }));
  const limits = {
    requests: random.pick([1, 2, 7, 50, Infinity]),
    bytes: random.pick([most + 1, 100, 1_000, Infinity]),
    embeddingInputs: random.pick([4, 20, Infinity]),
    tokens: (model: string) => tokens.get(model)!,
  };
  return { requests, limits };
}

test('whatever comes, each request is in one part, no part exceeds a limit, and none is needless', () => {
  let oversized = 0;
  for (let seed = 1; seed <= 500; seed += 1) {
    const { requests, limits } = randomCase(seed);
    const { chosen, parts } = plan(requests, limits);
    // Numbers in the order in which parts begin, none left out: each request has one of these.
    expect([...new Set(chosen)]).toEqual(parts.map((_, index) => index));
    const members = parts.map((_, index) => requests.filter((__, at) => chosen[at] === index));
    for (const [index, part] of parts.entries()) {
      const own = members[index]!;
      expect(new Set(own.map(({ model }) => model))).toEqual(new Set([part.model]));
      expect(part).toEqual({ model: part.model, ...sumUp(own) });
      if (!exceeds(own, limits)) continue;
      expect(own).toHaveLength(1);
      oversized += 1;
    }
    for (const model of new Set(requests.map((request) => request.model))) {
      const filled = members.filter((own) => own[0]!.model === model && !exceeds(own, limits));
      for (const [index, own] of filled.slice(1).entries()) {
        expect(exceeds([...filled[index]!, own[0]!], limits)).toBe(true);
      }
    }
  }
  expect(oversized).toBeGreaterThan(100);
});

test('models that come in turns get a part each', () => {
  const [n, o] = [
    { ...small, model: 'n' },
    { ...small, model: 'o' },
  ];
  const { chosen, parts } = plan([small, n, small, n, o, small], { requests: 2 });
  expect(chosen).toEqual([0, 1, 0, 1, 2, 3]);
  expect(parts.map(({ model, request_count }) => [model, request_count])).toEqual([
    ['m', 2],
    ['n', 2],
    ['o', 1],
    ['m', 1],
  ]);
});

test.each([
  ['requests', { requests: 2 }],
  ['bytes, a line break for each', { bytes: 20 }],
  ['embedding inputs', { embeddingInputs: 2 }],
  ['tokens', { tokens: () => 2 }],
])('a part is full at exactly its limit of %s', (_, limits) => {
  expect(plan([small, small, small, small, small], limits).chosen).toEqual([0, 0, 1, 1, 2]);
});

test('a request of more tokens than the limit gets a part of its own, the one before it goes on', () => {
  const large = { ...small, estimated_tokens: 11 };
  const { chosen, parts } = plan([large, small, large, small], { tokens: () => 10 });
  expect(chosen).toEqual([0, 1, 2, 1]);
  expect(parts.map(({ estimated_tokens }) => estimated_tokens)).toEqual([11, 2, 11]);
});
