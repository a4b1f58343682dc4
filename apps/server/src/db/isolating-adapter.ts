import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';

/**
 * A thread checkpoints, see `checkpointer.ts`: here it is done only if that did not keep up for 256 MB. While SQLite waits
 * for a lock the whole process stands still: a second is what a short write of another program takes.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = 1000;
  PRAGMA wal_autocheckpoint = 65536;
`;

/**
 * Prisma's better-sqlite3 adapter, with queries from outside kept out of an open transaction. The stock adapter has
 * one connection for all: a query that arrives between BEGIN and ROLLBACK of somebody else's transaction runs inside
 * it and vanishes with it. Here it waits until the transaction has ended.
 */
export function createIsolatingAdapter(url: string): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      await adapter.executeScript(PRAGMAS);
      return isolate(adapter);
    },
  };
}

function isolate(adapter: SqlDriverAdapter): SqlDriverAdapter {
  /** Resolves when the last transaction that was asked for so far has ended. */
  let tail: Promise<void> = Promise.resolve();

  async function startTransaction(level?: IsolationLevel): Promise<Transaction> {
    const before = tail;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    tail = promise;
    await before;
    try {
      return endsWith(await adapter.startTransaction(level), end);
    } catch (error) {
      end();
      throw error;
    }
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeScript: (script) => tail.then(() => adapter.executeScript(script)),
    queryRaw: (query: SqlQuery) => tail.then(() => adapter.queryRaw(query)),
    executeRaw: (query: SqlQuery) => tail.then(() => adapter.executeRaw(query)),
    startTransaction,
    dispose: () => adapter.dispose(),
  };
}

function endsWith(transaction: Transaction, end: () => void): Transaction {
  const { commit, rollback, executeRaw } = transaction;
  transaction.commit = () => commit.call(transaction).finally(end);
  transaction.rollback = () => rollback.call(transaction).finally(end);
  transaction.executeRaw = async (query) => {
    try {
      return await executeRaw.call(transaction, query);
    } catch (error) {
      // SQLite keeps a transaction open whose COMMIT it refuses, and Prisma takes it for ended.
      if (query.sql === 'COMMIT') {
        await executeRaw.call(transaction, { sql: 'ROLLBACK', args: [], argTypes: [] });
      }
      throw error;
    }
  };
  return transaction;
}
