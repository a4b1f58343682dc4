import type { BatchEndpoint } from '@batchdesk/shared/input';
import type { InputErrorCode } from './input-error.ts';
import { makeRequests } from './make-requests.ts';
import type { BuildProgress, BuiltInput, RequestSource } from './make-requests.ts';
import { readHead } from './read-csv.ts';
import { scanInput } from './scan-input.ts';
import type { CheckProgress, CheckedInput } from './scan-input.ts';
import type { TableHead } from './table.ts';
import type { RequestTarget } from './write-request.ts';

/** What the worker can be asked for, how it tells how far it is, and what comes of it. */
export interface WorkerTasks {
  check: {
    task: { kind: 'check'; blob: Blob; endpoint: BatchEndpoint | undefined };
    progress: CheckProgress;
    result: CheckedInput;
  };
  build: {
    task: { kind: 'build'; source: RequestSource; target: RequestTarget };
    progress: BuildProgress;
    result: BuiltInput;
  };
  head: { task: { kind: 'head'; csv: Blob; count: number }; progress: never; result: TableHead };
}

/** The name of a task. */
export type TaskKind = keyof WorkerTasks;

/** What the worker is sent, once. */
export type WorkerTask = WorkerTasks[TaskKind]['task'];

/** What it answers: any number of `progress`, then one of the others. */
export type WorkerAnswer =
  | { kind: 'progress'; progress: WorkerTasks[TaskKind]['progress'] }
  | { kind: 'done'; result: WorkerTasks[TaskKind]['result'] }
  | { kind: 'failed'; code: InputErrorCode; message: string };

/** Does a task, wherever it runs. */
export async function runTask(
  task: WorkerTask,
  onProgress: (progress: WorkerTasks[TaskKind]['progress']) => void,
): Promise<WorkerTasks[TaskKind]['result']> {
  switch (task.kind) {
    case 'check':
      return scanInput(task.blob, { endpoint: task.endpoint, onProgress });
    case 'build':
      return makeRequests(task.source, task.target, onProgress);
    case 'head':
      return readHead(task.csv, task.count);
  }
}
