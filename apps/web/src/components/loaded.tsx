import { Match, Switch } from 'solid-js';
import type { Accessor, JSX } from 'solid-js';
import { toFailure } from '../api/failure.ts';
import { FailureNotice } from './failure-notice.tsx';
import { Skeleton } from './skeleton.tsx';

/** What of a query is looked at here. */
interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isSuccess: boolean;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: QueryLike<T>;
  /** Lines of the place that is kept while the first answer is on its way. */
  lines?: number;
  children: (data: Accessor<T>) => JSX.Element;
}

/**
 * What a query answered; while there is no answer yet a place of its size, and what went wrong where there is none. An answer
 * stays when a later question fails.
 */
export function Loaded<T>(props: LoadedProps<T>) {
  return (
    <Switch>
      <Match when={props.query.isPending}>
        <Skeleton lines={props.lines ?? 3} />
      </Match>
      <Match when={props.query.isError && props.query.data === undefined}>
        <FailureNotice failure={toFailure(props.query.error)} onRetry={() => void props.query.refetch()} />
      </Match>
      <Match when={props.query.data}>{(data) => props.children(data)}</Match>
    </Switch>
  );
}
