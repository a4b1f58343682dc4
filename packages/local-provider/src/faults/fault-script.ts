import type { BatchFault, CallFault, Fault, Operation, RowFault } from './fault-schema.ts';

/** The faults that are still to strike. */
export interface FaultScript {
  add(fault: Fault): void;
  list(): Fault[];
  clear(): void;
  /** The fault that strikes a call, if any; it is used up by one. */
  takeForCall(operation: Operation): CallFault | undefined;
  /** The fault that strikes a file just uploaded, if any; it is used up by one. */
  takeForUpload(): (CallFault & { kind: 'not_visible' }) | undefined;
  /** The faults that strike a batch being created; each is used up by one. */
  takeForBatch(): { rows: RowFault[]; batch: BatchFault[] };
}

/** An empty script. Where several faults match a call, the one added first strikes. */
export function createFaultScript(): FaultScript {
  let faults: Fault[] = [];

  /** Counts one matching occasion against a fault: whether it strikes now. */
  function strike(fault: Fault): boolean {
    if ('skip' in fault && fault.skip > 0) {
      fault.skip--;
      return false;
    }
    if (fault.times !== undefined && --fault.times <= 0) faults = faults.filter((other) => other !== fault);
    return true;
  }

  return {
    add(fault) {
      faults.push({ ...fault });
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear() {
      faults = [];
    },
    takeForCall(operation) {
      for (const fault of faults.filter(isCallFault)) {
        const matches = fault.kind !== 'not_visible' && (fault.on === '*' || fault.on === operation);
        if (matches && strike(fault)) return fault;
      }
      return undefined;
    },
    takeForUpload() {
      for (const fault of faults) if (fault.kind === 'not_visible' && strike(fault)) return fault;
      return undefined;
    },
    takeForBatch() {
      const struck = faults.filter((fault) => !isCallFault(fault)).filter(strike);
      return { rows: struck.filter(isRowFault), batch: struck.filter(isBatchFault) };
    },
  };
}

function isRowFault(fault: Fault): fault is RowFault {
  return fault.kind.startsWith('row_');
}

function isBatchFault(fault: Fault): fault is BatchFault {
  return fault.kind.startsWith('batch_');
}

function isCallFault(fault: Fault): fault is CallFault {
  return !isRowFault(fault) && !isBatchFault(fault);
}
