import type { RequestView } from '@batchdesk/shared';
import { useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, on, onCleanup } from 'solid-js';

/** The request that is open. */
export interface Selected {
  /** Its `custom_id`; `null` while the row is on its way. */
  id: string | null;
  /** Its place in the list; `null` when only its name is known. */
  index: number | null;
}

/** What a list that a request is chosen from offers. */
export interface ListHandle {
  /** Goes on by so many rows. */
  step: (rows: number) => void;
  /** A request that is among its rows. */
  rowOf: (customId: string) => RequestView | undefined;
}

/** The request that is open, kept in the address. */
export type Selection = ReturnType<typeof createSelection>;

/** Browsers take no more than some 200 changes of the address in half a minute, and an arrow key repeats. */
const WRITE_MS = 200;

/** Follows the address, and tells it later what is chosen here at once. */
export function createSelection() {
  const [params, setParams] = useSearchParams<{ request?: string }>();
  const [selected, setSelected] = createSignal<Selected | null>(fromAddress(params.request), {
    equals: (one, other) => one?.id === other?.id && one?.index === other?.index,
  });
  let timer: number | undefined;
  let isWaiting = false;
  onCleanup(() => clearTimeout(timer));

  createEffect(
    on(
      () => params.request,
      (id) => {
        if (!isWaiting && (id ?? null) !== (selected()?.id ?? null)) setSelected(fromAddress(id));
      },
      { defer: true },
    ),
  );

  function write(replace: boolean): void {
    isWaiting = false;
    setParams({ request: selected()?.id ?? undefined }, { replace });
  }

  return {
    get: selected,
    /** Opens a request; `null` closes it. Opening and closing are steps that "back" takes, going through the list is none. */
    choose(next: Selected | null): void {
      const isStep = (selected() === null) !== (next === null);
      setSelected(next);
      clearTimeout(timer);
      isWaiting = true;
      if (next?.id === null) return;
      timer = window.setTimeout(() => write(!isStep), isStep ? 0 : WRITE_MS);
    },
    /** Says where the open request is in the list, or its name, once that is known. */
    locate(known: Selected): void {
      const isNamed = selected()?.id === null && known.id !== null;
      setSelected(known);
      if (isNamed) write(true);
    },
  };
}

function fromAddress(id: string | undefined): Selected | null {
  return id ? { id, index: null } : null;
}
