import type { JobEvent } from '@batchdesk/shared';
import type { Api } from '../api/api.ts';
import { isUnauthorized, toFailure } from '../api/failure.ts';

/** Who is told of what happens. */
export interface LiveFollower {
  onEvent: (event: JobEvent) => void;
  /** Whether events come in. */
  onConnected: (isConnected: boolean) => void;
}

/** What the tab with the connection tells the others, and what they ask it. */
type Message = { kind: 'event'; event: JobEvent } | { kind: 'connected'; is: boolean } | { kind: 'who' };

/** Names the lock that the tab with the connection holds, and the channel on which it tells the others. */
const NAME = 'batchdesk.live';
/** Milliseconds after which a connection that ended for good is tried anew. */
const AGAIN_MS = 10_000;

/**
 * Follows the server's events until the answer is called. Over HTTP/1.1 a browser allows six connections to a server, and
 * an event stream keeps one: of all tabs one has it, and tells the others. When that tab is closed the next one takes over.
 * Where there are no locks (plain HTTP beyond this machine) each tab has its own while it is looked at.
 */
export function followLive(api: Api, { onEvent, onConnected }: LiveFollower): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  // What comes in while it ends is nobody's.
  const follower: LiveFollower = {
    onEvent: (event) => signal.aborted || onEvent(event),
    onConnected: (isConnected) => signal.aborted || onConnected(isConnected),
  };
  if (!('locks' in navigator)) {
    let end: (() => void) | undefined;
    const follow = () => {
      end?.();
      end = document.hidden ? undefined : connect(api, follower);
      if (document.hidden) follower.onConnected(false);
    };
    follow();
    document.addEventListener('visibilitychange', follow, { signal });
    return () => {
      ended.abort();
      end?.();
    };
  }

  const channel = new BroadcastChannel(NAME);
  let isConnected = false;
  let isLeader = false;
  const tell = (message: Message) => channel.postMessage(message);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'event') follower.onEvent(data.event);
    else if (data.kind === 'connected') follower.onConnected(data.is);
    else if (isLeader) tell({ kind: 'connected', is: isConnected });
  });
  tell({ kind: 'who' });

  async function lead(): Promise<void> {
    isLeader = true;
    const end = connect(api, {
      onEvent(event) {
        follower.onEvent(event);
        tell({ kind: 'event', event });
      },
      onConnected(is) {
        isConnected = is;
        follower.onConnected(is);
        tell({ kind: 'connected', is });
      },
    });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    end();
    tell({ kind: 'connected', is: false });
    channel.close();
  }

  navigator.locks.request(NAME, { signal }, lead).catch(() => channel.close()); // it was not our turn before the end
  return () => ended.abort();
}

function connect(api: Api, { onEvent, onConnected }: LiveFollower): () => void {
  let again: number | undefined;
  let subscription: { unsubscribe: () => void } | undefined;
  function start(): void {
    subscription = api.events.live.subscribe(
      {},
      {
        // With an id: the client says it when it connects again, and misses nothing.
        onData: ({ data }) => onEvent(data),
        onConnectionStateChange: ({ state }) => onConnected(state === 'pending'),
        // The browser has given up: a proxy said 502 while the server was restarted, say.
        onError: (error) => {
          onConnected(false);
          if (!isUnauthorized(toFailure(error))) again = window.setTimeout(start, AGAIN_MS);
        },
      },
    );
  }
  start();
  return () => {
    clearTimeout(again);
    subscription?.unsubscribe();
  };
}
