import { BUILT_IN_PRICES, findPrice } from '@batchdesk/shared';
import type { ListedPrice, Price } from '@batchdesk/shared';
import type { Database, DatabaseOrTransaction } from './database.ts';

/** A price as it is stored: its row never changes. */
export interface StoredPrice {
  id: number;
  price: Price;
}

const BUILT_IN: readonly ListedPrice[] = BUILT_IN_PRICES.prices.map((price) =>
  Object.assign({ source: 'built_in' as const }, price),
);

/** The prices of the user's own, in the order in which they were given. */
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
  if (model === null) return null;
  const found = findPrice(await findAllPrices(db), model, createdAt);
  return found && keepPrice(db, found);
}

/** The row of a price, made if there is none. */
export async function keepPrice(db: DatabaseOrTransaction, listed: Price): Promise<StoredPrice> {
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
  ids: readonly number[],
): Promise<Map<number, Price>> {
  if (ids.length === 0) return new Map();
  const rows = await db.price.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return new Map(rows.map(({ id, price }) => [id, JSON.parse(price) as Price]));
}

/** Makes these the user's own prices, in place of those before. What batches were costed with stays. */
export async function replaceOwnPrices(db: Database, prices: readonly Price[]): Promise<void> {
  const texts = JSON.stringify(prices.map((price) => JSON.stringify(toPrice(price))));
  await db.$transaction([
    db.price.updateMany({ where: { is_own: true }, data: { is_own: false } }),
    db.$executeRaw`
      INSERT INTO prices (price, is_own) SELECT value, TRUE FROM json_each(${texts}) WHERE TRUE
      ON CONFLICT (price) DO UPDATE SET is_own = TRUE`,
  ]);
}

/** The fields of a price alone, always in the same order: equal prices are one row. */
function toPrice({
  model,
  input,
  cached_input,
  output,
  batch_share,
  long_context,
  effective_from,
}: Price): Price {
  const tier = long_context && {
    above_input_tokens: long_context.above_input_tokens,
    input_multiplier: long_context.input_multiplier,
    output_multiplier: long_context.output_multiplier,
  };
  return { model, input, cached_input, output, batch_share, long_context: tier, effective_from };
}
