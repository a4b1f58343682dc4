import { BUILT_IN_PRICES, findPrice } from '@batchdesk/shared';
import type { ListedPrice, Price } from '@batchdesk/shared';
import type { Database, DatabaseOrTransaction } from './database.ts';

/** A price as it is stored: its row never changes. */
export interface StoredPrice {
  id: number;
  price: Price;
}

/** Looks for the price of a model that was in force at a time, in Unix seconds; `null` when none is known. */
export type PriceFinder = (model: string | null, createdAt: number) => Promise<StoredPrice | null>;

const SECONDS_PER_DAY = 86_400;

/** The prices that are part of the product. */
export const BUILT_IN: readonly ListedPrice[] = BUILT_IN_PRICES.prices.map((price) =>
  Object.assign({ source: 'built_in' as const }, price),
);

/** The prices of the user's own, in the order in which they were first given. */
export async function findOwnPrices(db: DatabaseOrTransaction): Promise<ListedPrice[]> {
  const rows = await db.price.findMany({ where: { is_own: true }, orderBy: { id: 'asc' } });
  return rows.map(({ price }) => Object.assign(JSON.parse(price) as Price, { source: 'own' as const }));
}

/** The user's own prices and the built-in ones: what `findPrice` chooses from. */
export async function findAllPrices(db: DatabaseOrTransaction): Promise<ListedPrice[]> {
  return [...(await findOwnPrices(db)), ...BUILT_IN];
}

/**
 * The price of a model that was in force at a time, in Unix seconds, and its row, which is made when it is first used; `null`
 * when none is known.
 */
export async function priceInForce(
  db: DatabaseOrTransaction,
  model: string | null,
  createdAt: number,
): Promise<StoredPrice | null> {
  return model === null ? null : (await openPrices(db))(model, createdAt);
}

/** The same for many batches: the prices are read once, and each is looked for once. */
export async function openPrices(db: DatabaseOrTransaction): Promise<PriceFinder> {
  const prices = await findAllPrices(db);
  const found = new Map<string, Promise<StoredPrice | null>>();
  return (model, createdAt) => {
    if (model === null) return Promise.resolve(null);
    const key = `${Math.floor(createdAt / SECONDS_PER_DAY)} ${model}`;
    const price = found.get(key) ?? keepIfFound(db, findPrice(prices, model, createdAt));
    found.set(key, price);
    return price;
  };
}

async function keepIfFound(db: DatabaseOrTransaction, listed: Price | null): Promise<StoredPrice | null> {
  if (!listed) return null;
  const price = toPrice(listed);
  const text = JSON.stringify(price);
  const known = await db.price.findUnique({ where: { price: text } });
  if (known) return { id: known.id, price };
  const { id } = await db.price.upsert({ where: { price: text }, create: { price: text }, update: {} });
  return { id, price };
}

/** Stored prices, by the ids of their rows. */
export async function findPricesById(
  db: DatabaseOrTransaction,
  ids: Iterable<number>,
): Promise<Map<number, Price>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.price.findMany({ where: { id: { in: wanted } } });
  return new Map(rows.map(({ id, price }) => [id, JSON.parse(price) as Price]));
}

/** A stored price by the id of its row; `null` for no id. */
export async function findStoredPrice(
  db: DatabaseOrTransaction,
  id: number | null,
): Promise<StoredPrice | null> {
  if (id === null) return null;
  const price = (await findPricesById(db, [id])).get(id);
  return price ? { id, price } : null;
}

/** The prices of the batches that came of submissions, by the ids of these; those without one are left out. */
export async function findPricesOfSubmissions(
  db: Database,
  submissionIds: Iterable<string>,
): Promise<Map<string, Price>> {
  const ids = JSON.stringify([...new Set(submissionIds)]);
  const rows = await db.$queryRaw<{ submission_id: string; price: string }[]>`
    SELECT submissions.id AS submission_id, price
    FROM submissions JOIN batches ON batches.id = submissions.batch_id JOIN prices ON prices.id = price_id
    WHERE submissions.id IN (SELECT value FROM json_each(${ids}))`;
  return new Map(rows.map(({ submission_id, price }) => [submission_id, JSON.parse(price) as Price]));
}

/** Makes these the user's own prices, in place of those before. What batches were costed with stays. */
export async function replaceOwnPrices(db: Database, prices: readonly Price[]): Promise<void> {
  const texts = JSON.stringify(prices.map(priceText));
  await db.$transaction([
    db.price.updateMany({ where: { is_own: true }, data: { is_own: false } }),
    db.$executeRaw`
      INSERT INTO prices (price, is_own) SELECT value, TRUE FROM json_each(${texts}) WHERE TRUE
      ON CONFLICT (price) DO UPDATE SET is_own = TRUE`,
  ]);
}

/** A price as text: equal prices have the same. */
export function priceText(price: Price): string {
  return JSON.stringify(toPrice(price));
}

/** The fields of a price alone, always in the same order. */
function toPrice(listed: Price): Price {
  const { model, input, cached_input, output, batch_share, long_context: tier, effective_from } = listed;
  const long_context = tier && {
    above_input_tokens: tier.above_input_tokens,
    input_multiplier: tier.input_multiplier,
    output_multiplier: tier.output_multiplier,
  };
  return { model, input, cached_input, output, batch_share, long_context, effective_from };
}
