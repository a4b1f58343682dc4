import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { jobIds, jobRow, openTestDatabase } from './open-test-database.ts';

const undone = new Error('Undo this.');

/** Leaves time for what others have begun to come in between. */
async function dawdle(transaction: Pick<Database, 'job'>): Promise<void> {
  for (let count = 0; count < 10; count += 1) await transaction.job.count();
}

/** A transaction that has written a job and stays open until it is rolled back. */
async function openTransaction(db: Database, id: string) {
  const written = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const ended = db.$transaction(async (transaction) => {
    await transaction.job.create({ data: jobRow(id) });
    written.resolve();
    await mayEnd.promise;
    await dawdle(transaction);
    throw undone;
  });
  await Promise.race([written.promise, ended]);
  return {
    async rollBack() {
      mayEnd.resolve();
      await expect(ended).rejects.toBe(undone);
    },
  };
}

/** Prisma sends a query only when somebody waits for it. */
async function send<T>(query: PromiseLike<T>): Promise<T> {
  return query;
}

test.each<[string, (db: Database) => Promise<unknown>]>([
  ['by the client', (db) => db.job.create({ data: jobRow('outside') })],
  [
    'by SQL',
    (db) =>
      db.$executeRaw`INSERT INTO jobs (id, status, endpoint, created_at) VALUES ('outside', 'in_progress', '/', 1)`,
  ],
  [
    'by another transaction',
    (db) => db.$transaction((other) => other.job.create({ data: jobRow('outside') })),
  ],
  ['by a list of queries', (db) => db.$transaction([db.job.create({ data: jobRow('outside') })])],
])('a row written %s while a transaction is open survives its rollback', async (_, write) => {
  await using database = await openTestDatabase();
  const { db } = database;
  const transaction = await openTransaction(db, 'inside');
  const outside = send(write(db));
  await transaction.rollBack();
  await outside;
  expect(await jobIds(db)).toEqual(['outside']);
});

test('a query from outside does not see what a transaction has not committed', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const transaction = await openTransaction(db, 'inside');
  const seen = send(jobIds(db));
  await transaction.rollBack();
  expect(await seen).toEqual([]);
});

test('a row survives the rollback of every transaction that waited with others for its turn', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const first = await openTransaction(db, 'inside');
  const outside: Promise<unknown>[] = [];
  // These three wake up together when the first one ends.
  const waiting = ['a', 'b', 'c'].map((id) =>
    db.$transaction(async (transaction) => {
      await transaction.job.create({ data: jobRow(`inside-${id}`) });
      outside.push(send(db.job.create({ data: jobRow(`outside-${id}`) })));
      await dawdle(transaction);
      throw undone;
    }),
  );
  await first.rollBack();
  const ends = await Promise.allSettled(waiting);
  expect(ends.map((end) => end.status === 'rejected' && end.reason)).toEqual([undone, undone, undone]);
  await Promise.all(outside);
  expect(await jobIds(db)).toEqual(['outside-a', 'outside-b', 'outside-c']);
});

test('many transactions and queries at once keep all that was committed, and nothing else', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const alone: Promise<{ id: string }>[] = [];
  const work = Array.from({ length: 100 }, (_, index) =>
    db.$transaction(async (transaction) => {
      const id = `${index % 2 === 0 ? 'kept' : 'undone'}-${index}`;
      await transaction.job.create({ data: jobRow(id) });
      alone.push(send(db.job.create({ data: jobRow(`alone-${index}`) })));
      const event = { job_id: id, type: 'job.created', created_at: 1 };
      await transaction.event.createMany({ data: [event, event] });
      await dawdle(transaction);
      if (index % 2 !== 0) throw undone;
      return id;
    }),
  );
  const ends = await Promise.allSettled(work);
  const kept = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  expect(reasons).toEqual(Array.from({ length: 50 }, () => undone));
  expect(kept).toHaveLength(50);
  const written = (await Promise.all(alone)).map(({ id }) => id);
  expect(written).toHaveLength(100);
  expect(await jobIds(db)).toEqual([...kept, ...written].toSorted());
  expect(await db.event.count()).toBe(100);
});

test.each<[string, (db: Database) => Promise<unknown>]>([
  [
    'with an error of its own',
    (db) =>
      db.$transaction(async () => {
        throw undone;
      }),
  ],
  [
    'with a query that the database refuses',
    (db) =>
      db.$transaction(async (transaction) => {
        await transaction.job.create({ data: jobRow('inside') });
        await transaction.event.create({ data: { job_id: 'none', type: 'job.created', created_at: 1 } });
      }),
  ],
  [
    'as a list of queries',
    (db) =>
      db.$transaction([db.job.create({ data: jobRow('inside') }), db.job.create({ data: jobRow('inside') })]),
  ],
  [
    'when it is committed',
    (db) =>
      db.$transaction(async (transaction) => {
        await transaction.$executeRaw`PRAGMA defer_foreign_keys = ON`;
        await transaction.event.create({ data: { job_id: 'none', type: 'job.created', created_at: 1 } });
      }),
  ],
  [
    'because it takes too long',
    (db) =>
      db.$transaction(
        async (transaction) => {
          await transaction.job.create({ data: jobRow('inside') });
          // Waits for its own end: the timeout's rollback lets this query through.
          await db.job.count();
          await transaction.job.count();
        },
        { timeout: 50 },
      ),
  ],
])('a transaction that fails %s lets others go on', async (_, fail) => {
  await using database = await openTestDatabase();
  const { db } = database;
  await expect(fail(db)).rejects.toThrow(Error);
  await db.job.create({ data: jobRow('query') });
  await db.$transaction((transaction) => transaction.job.create({ data: jobRow('transaction') }), {
    maxWait: 5_000,
  });
  expect(await jobIds(db)).toEqual(['query', 'transaction']);
  expect(await db.event.count()).toBe(0);
});
