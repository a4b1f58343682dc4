import type { Database } from './db/database.ts';
import type { InputScanner } from './intake/input-scanner.ts';
import type { Circuit } from './provider/circuit.ts';
import type { Provider } from './provider/provider.ts';
import type { Step } from './steps.ts';
import type { Storage } from './storage/storage.ts';
import type { TokenCounter } from './submission/token-counter.ts';

/** What stages work with. Each function names the few that it uses. */
export interface Deps {
  db: Database;
  provider: Provider;
  circuit: Circuit;
  storage: Storage;
  scanner: InputScanner;
  tokens: TokenCounter;
  log: Log;
  /** Told of each step; tests end the process there. */
  step: (step: Step) => void;
}

/** Where stages say what happened; the server's logger fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
