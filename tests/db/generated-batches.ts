import { createRandom } from '../shared/random.ts';

/** A price as a person reads it: dollars per million tokens, in decimals. */
export interface WrittenPrice {
  from: string | null;
  input: string;
  cached: string;
  output: string;
  long?: { above: number; input: string; output: string };
}

const LONG = { above: 272_000, input: '2', output: '1.5' };
const LUNA: WrittenPrice[] = [
  { from: '2026-07-30', input: '0.2', cached: '0.02', output: '1.2', long: LONG },
];
const MINI: WrittenPrice[] = [{ from: null, input: '0.15', cached: '0.075', output: '0.6' }];

/** Prices of the user's own, as `PUT /api/prices` takes them. */
export const OWN_PRICES = [
  { model: 'house-model', input: 3.125, cached_input: null, output: 7.5, effective_from: null },
  { model: 'house-model', input: 2.5, cached_input: 0.625, output: 5, effective_from: '2026-08-01' },
  { model: 'gpt-4.1', input: 1.75, cached_input: 0.5, output: 6.25, effective_from: '2026-06-15' },
  { model: 'ft:gpt-4o-mini', input: 0.3, cached_input: 0.15, output: 1.2, effective_from: null },
];

/** Models, and their prices with what was set above; none where none is known. */
const MODELS: { model: string | null; prices: WrittenPrice[] }[] = [
  { model: 'gpt-4o-mini', prices: MINI },
  { model: 'gpt-4o-mini-2024-07-18', prices: MINI },
  { model: 'gpt-4o', prices: [{ from: null, input: '2.5', cached: '1.25', output: '10' }] },
  { model: 'gpt-5.5-pro', prices: [{ from: null, input: '30', cached: '30', output: '180' }] },
  { model: 'text-embedding-3-small', prices: [{ from: null, input: '0.02', cached: '0.02', output: '0' }] },
  { model: 'gpt-5.6-luna', prices: LUNA },
  {
    model: 'gpt-6-astra',
    prices: [{ from: '2026-09-03', input: '10', cached: '1', output: '50', long: LONG }],
  },
  {
    model: 'gpt-4.1-2025-04-14',
    prices: [
      { from: null, input: '2', cached: '0.5', output: '8' },
      { from: '2026-06-15', input: '1.75', cached: '0.5', output: '6.25' },
    ],
  },
  {
    model: 'house-model',
    prices: [
      { from: null, input: '3.125', cached: '3.125', output: '7.5' },
      { from: '2026-08-01', input: '2.5', cached: '0.625', output: '5' },
    ],
  },
  {
    model: 'ft:gpt-4o-mini:acme::abc',
    prices: [{ from: null, input: '0.3', cached: '0.15', output: '1.2' }],
  },
  { model: 'ft:gpt-4o:acme::abc', prices: [] },
  { model: 'nobody-knows-it', prices: [] },
  { model: null, prices: [] },
];

/** What an answer took. */
export interface Tokens {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/** A batch that is made up, and what its provider says of its tokens, and when. */
export interface GeneratedBatch {
  id: string;
  model: string | null;
  prices: WrittenPrice[];
  /** A day, and a second of it. */
  day: string;
  second: number;
  status: 'completed' | 'expired' | 'cancelled' | 'failed';
  /** `null` for a request that was not answered. */
  lines: (Tokens | null)[];
  says: 'usage' | 'nothing' | 'zero' | 'late' | 'lost';
  /** What it says; not the sum of the lines, so that either can be told from the other. */
  usage: Tokens;
  kind: 'job' | 'imported';
  isCollected: boolean;
}

/** Batches of all kinds, the same in every run. */
export function generateBatches(count: number): GeneratedBatch[] {
  const { below, pick } = createRandom(20_261_123);
  function tokens(): Tokens {
    const input = pick([below(50), below(5_000), 272_000 + below(2), 200_000 + below(200_000)]);
    const output = below(3_000);
    const cached = pick([0, below(input + 1), input]);
    return { input, cached, output, reasoning: below(output + 1) };
  }
  return Array.from({ length: count }, (_, index) => {
    const kind = pick(['job', 'imported'] as const);
    const status = pick(['completed', 'completed', 'completed', 'expired', 'cancelled', 'failed'] as const);
    const lines = Array.from({ length: 1 + below(5) }, () =>
      status === 'failed' || below(6) === 0 ? null : tokens(),
    );
    const sum = sumTokens(lines);
    const more = sum.input === 0 ? 0 : 1 + below(900);
    return {
      id: `batch_${index}`,
      ...pick(MODELS),
      day: pick(['2026-05-01', '2026-06-14', '2026-06-15', '2026-07-31', '2026-08-01', '2026-10-10']),
      second: pick([0, 86_399, below(86_400)]),
      status,
      lines,
      says: pick(['usage', 'usage', 'nothing', 'zero', 'late', 'lost'] as const),
      usage: { ...sum, input: sum.input + more, output: sum.output + more },
      kind,
      isCollected: kind === 'job' || below(2) === 0,
    };
  });
}

/** The sum of what answers took. */
export function sumTokens(lines: readonly (Tokens | null)[]): Tokens {
  const sum = { input: 0, cached: 0, output: 0, reasoning: 0 };
  for (const line of lines) {
    for (const name of Object.keys(sum) as (keyof Tokens)[]) sum[name] += line?.[name] ?? 0;
  }
  return sum;
}

/** What a batch has to cost, in 1e-20 dollars: from the decimals of its price, part by part. `null` when it is not known. */
export function expectedCost(batch: GeneratedBatch): bigint | null {
  const { status, lines, says, usage, isCollected, prices, day } = batch;
  const answered = lines.filter((line) => line !== null);
  if (status === 'failed' || answered.length === 0) return 0n;
  const price = prices.findLast(({ from }) => from === null || from <= day);
  if (!price) return null;
  const isTold = says === 'usage' || says === 'late' || says === 'lost';
  if (!isTold && !isCollected) return null;
  const long = price.long && isCollected ? answered.filter(({ input }) => input > price.long!.above) : [];
  const above = sumTokens(long);
  const all = isTold ? usage : sumTokens(answered);
  const rest = {
    input: all.input - above.input,
    cached: all.cached - above.cached,
    output: all.output - above.output,
  };
  return (
    priced(rest, price, { input: '1', output: '1' }) +
    priced(above, price, price.long ?? { input: '1', output: '1' })
  );
}

function priced(
  { input, cached, output }: Omit<Tokens, 'reasoning'>,
  price: WrittenPrice,
  times: { input: string; output: string },
): bigint {
  const inputs = BigInt(input - cached) * millionths(price.input) + BigInt(cached) * millionths(price.cached);
  const outputs = BigInt(output) * millionths(price.output);
  // A batch costs half: 5,000 of 10,000.
  return (inputs * tenThousandths(times.input) + outputs * tenThousandths(times.output)) * 5_000n;
}

const millionths = (decimal: string) => shifted(decimal, 6);
const tenThousandths = (decimal: string) => shifted(decimal, 4);

/** A decimal as a whole number of its last place. */
function shifted(decimal: string, places: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
