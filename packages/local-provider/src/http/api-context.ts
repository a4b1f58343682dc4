import type { Durations } from '../batches/advance-batch.ts';
import type { BatchRunner } from '../batches/batch-runner.ts';
import type { BatchStore } from '../batches/batch-store.ts';
import type { CallLog } from '../faults/call-log.ts';
import type { Faults } from '../faults/faults.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { IdSource } from '../ids.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { FileVisibility } from './file-visibility.ts';

/** What the handlers of the API work with. */
export interface ApiContext {
  apiKey: string;
  /** Whether the control routes exist. */
  control: boolean;
  completionWindowMs: number;
  durations: Durations;
  files: FileStore;
  batches: BatchStore;
  ids: IdSource;
  runner: BatchRunner;
  visibility: FileVisibility;
  script: FaultScript;
  callLog: CallLog;
  faults: Faults;
}
