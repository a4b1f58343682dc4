import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query';
import { createContext, createSignal, useContext } from 'solid-js';
import { createApi } from '../api/api.ts';
import { isUnauthorized, toFailure } from '../api/failure.ts';
import { createQueries } from '../api/queries.ts';
import { createUploads } from '../create/create-uploads.ts';
import { createClock } from './create-clock.ts';
import { createLive } from './create-live.ts';
import type { createPreferences } from './preferences.ts';

const FRESH_MS = 2_000;
const MS = 1_000;

/** What every part of the page works with; it lives as long as the page. */
export type AppState = ReturnType<typeof createAppState>;

/** Puts the page's state together. */
export function createAppState({ preferences, choose }: ReturnType<typeof createPreferences>) {
  const api = createApi();
  const [needsSignIn, setNeedsSignIn] = createSignal(false);
  const [isOutdated, setIsOutdated] = createSignal(false);
  // A part of the page that is to be loaded is no longer at the server: it has been updated.
  window.addEventListener('vite:preloadError', (event) => {
    event.preventDefault();
    setIsOutdated(true);
  });
  const [dropped, drop] = createSignal<File | null>(null);
  const [unreachableSince, setUnreachableSince] = createSignal<number | null>(null);
  const now = createClock();
  const onError = (thrown: unknown) => {
    const failure = toFailure(thrown);
    if (isUnauthorized(failure)) setNeedsSignIn(true);
    if (failure.kind === 'unreachable') setUnreachableSince((since) => since ?? now());
  };
  const onSuccess = () => setUnreachableSince(null);
  const client = new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // What the server refused it would refuse again; what did not come through may come the second time.
        retry: (failures, thrown) => failures < 1 && toFailure(thrown).kind === 'unreachable',
        refetchInterval: () => live.intervalMs(),
        refetchOnWindowFocus: true,
      },
    },
  });
  const live = createLive(api, client, () => preferences.refreshSeconds * MS);
  return {
    api,
    client,
    queries: createQueries(api),
    live,
    /** Unix seconds, each second. */
    now,
    /** Unix seconds since when no question is answered; `null` while the server is there. */
    unreachableSince,
    preferences,
    choose,
    uploads: createUploads(),
    /** A file that was dropped on the page and that the form has not taken yet; `drop(null)` takes it. */
    dropped,
    drop,
    needsSignIn,
    isOutdated,
    signedIn(): void {
      setNeedsSignIn(false);
      live.start();
      void client.invalidateQueries();
    },
  };
}

/** Gives what is in it the page's state. */
export const AppContext = createContext<AppState>();

/** The page's state. */
export function useApp(): AppState {
  const state = useContext(AppContext);
  if (!state) throw new Error('useApp is for components inside AppContext.');
  return state;
}
