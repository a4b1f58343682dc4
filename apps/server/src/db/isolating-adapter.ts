import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';

const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = 5000;
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
  let open: Promise<void> | undefined;

  async function untilNoneOpen(): Promise<void> {
    if (!open) return;
    await open;
    return untilNoneOpen(); // somebody may have been quicker
  }

  async function startTransaction(level?: IsolationLevel): Promise<Transaction> {
    await untilNoneOpen();
    const ended = Promise.withResolvers<void>();
    open = ended.promise;
    const end = () => {
      open = undefined;
      ended.resolve();
    };
    try {
      const transaction = await adapter.startTransaction(level);
      return endsWith(transaction, end);
    } catch (error) {
      end();
      throw error;
    }
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeScript: (script) => untilNoneOpen().then(() => adapter.executeScript(script)),
    queryRaw: (query: SqlQuery) => untilNoneOpen().then(() => adapter.queryRaw(query)),
    executeRaw: (query: SqlQuery) => untilNoneOpen().then(() => adapter.executeRaw(query)),
    startTransaction,
    dispose: () => adapter.dispose(),
  };
}

function endsWith(transaction: Transaction, end: () => void): Transaction {
  const { commit, rollback } = transaction;
  transaction.commit = () => commit.call(transaction).finally(end);
  transaction.rollback = () => rollback.call(transaction).finally(end);
  return transaction;
}
