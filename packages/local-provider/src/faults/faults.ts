import type { IdSource } from '../ids.ts';
import type { CallLog, ReceivedCall } from './call-log.ts';
import { faultSchema, nextIdsSchema, type Fault, type FaultInput, type NextIds } from './fault-schema.ts';
import type { FaultScript } from './fault-script.ts';

/** Scripted faults and ids, and the calls received: for tests of programs that use the provider. */
export interface Faults {
  /** Adds faults. Throws a ZodError if one is not well formed. */
  add(...faults: FaultInput[]): void;
  /** The faults that are not used up, with what is left of `times` and `skip`. */
  list(): Fault[];
  /** Lets batches go on that a `batch_stuck` fault holds: the one given, or all. */
  release(batchId?: string): void;
  /** Ids to hand out next, in order, instead of random ones. One that is in use already is passed over. */
  nextIds(ids: NextIds): void;
  /** The calls received (the latest 10,000), oldest first; those turned away for their API key are not in it. */
  calls(): ReceivedCall[];
  /** Forgets the faults, the scripted ids and the calls. Batches created under a fault keep it. */
  clear(): void;
}

/** The parts that the faults are made of. */
export interface FaultsParts {
  script: FaultScript;
  ids: IdSource;
  callLog: CallLog;
  release(batchId?: string): void;
}

/** Puts the parts together behind one checked surface. */
export function createFaults({ script, ids, callLog, release }: FaultsParts): Faults {
  return {
    add(...faults) {
      for (const fault of faults.map((input) => faultSchema.parse(input))) script.add(fault);
    },
    list: () => script.list(),
    release,
    nextIds(next) {
      ids.script(nextIdsSchema.parse(next));
    },
    calls: () => callLog.list(),
    clear() {
      script.clear();
      ids.clear();
      callLog.clear();
    },
  };
}
