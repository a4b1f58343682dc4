export { startLocalProvider, type LocalProvider } from './start-local-provider.ts';
export type { LocalProviderOptions } from './options.ts';
export type { Durations } from './batches/advance-batch.ts';
export type { Faults } from './faults/faults.ts';
export type {
  BatchFault,
  CallFault,
  Fault,
  FaultInput,
  NextIds,
  Operation,
  RowFault,
} from './faults/fault-schema.ts';
export type { ReceivedCall } from './faults/call-log.ts';
export type { BatchObject } from './batches/batch-object.ts';
export type { BatchStatus } from './batches/batch-record.ts';
export type { FileObject } from './http/files/file-object.ts';
