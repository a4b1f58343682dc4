import { nowSeconds } from '../clock.ts';
import type { DatabaseOrTransaction } from './database.ts';

/** Seconds that the id of a webhook is kept. OpenAI delivers again for up to 72 hours. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Stores that a webhook came, and forgets those of more than a week ago. Whether it came for the first time. */
export async function saveDelivery(db: DatabaseOrTransaction, id: string): Promise<boolean> {
  const received_at = nowSeconds();
  await db.webhookDelivery.deleteMany({ where: { received_at: { lt: received_at - KEPT_SECONDS } } });
  return (
    (await db.$executeRaw`
    INSERT OR IGNORE INTO webhook_deliveries (id, received_at) VALUES (${id}, ${received_at})`) > 0
  );
}
