import type { FileView } from '@batchdesk/shared';
import { keepPreviousData } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, on } from 'solid-js';
import { useInfiniteQuery } from '../../api/use-query.ts';
import { useApp } from '../../state/app-state.tsx';
import type { FileFilters } from './file-filters.ts';

/** The files that match, and what can be done to the list. */
export type FileList = ReturnType<typeof createFileList>;

/** Files page by page, newest first. Those that come while somebody looks wait until they are asked for. */
export function createFileList(filters: () => FileFilters) {
  const app = useApp();
  const query = useInfiniteQuery(() => ({
    ...app.queries.files(filters()),
    reconcile: 'id',
    placeholderData: keepPreviousData,
  }));
  /** Unix seconds: what is newer waits. `null` while nothing was looked at. */
  const [seenUntil, setSeenUntil] = createSignal<number | null>(null);
  const all = createMemo((): FileView[] =>
    query.isSuccess ? query.data.pages.flatMap(({ data }) => data) : [],
  );
  const isNew = ({ created_at }: FileView) => created_at > (seenUntil() ?? Infinity);

  function showNew(): void {
    setSeenUntil(all().reduce((newest, { created_at }) => Math.max(newest, created_at), 0));
  }

  createEffect(on(filters, () => setSeenUntil(null), { defer: true }));
  createEffect(
    on(
      () => query.isSuccess && !query.isPlaceholderData && query.isFetchedAfterMount && seenUntil() === null,
      (isFirst) => isFirst && all().length > 0 && showNew(),
    ),
  );

  return {
    query,
    files: createMemo(() => all().filter((file) => !isNew(file))),
    newCount: () => all().filter(isNew).length,
    showNew,
  };
}
