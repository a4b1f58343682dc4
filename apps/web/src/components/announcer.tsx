import { createContext, createSignal, useContext } from 'solid-js';
import type { ParentProps } from 'solid-js';

/** Long enough for screen readers to notice that the region was emptied, so that a sentence can be said twice. */
const GAP_MS = 100;

const AnnouncerContext = createContext<(sentence: string) => void>();

/** Holds the region that says politely what has happened. */
export function Announcer(props: ParentProps) {
  const [sentence, setSentence] = createSignal('');
  function announce(next: string): void {
    setSentence('');
    setTimeout(() => setSentence(next), GAP_MS);
  }
  return (
    <AnnouncerContext.Provider value={announce}>
      {props.children}
      <div class="visually-hidden" role="status" aria-live="polite">
        {sentence()}
      </div>
    </AnnouncerContext.Provider>
  );
}

/** Says a sentence to people who listen to the page. */
export function useAnnounce() {
  const announce = useContext(AnnouncerContext);
  if (!announce) throw new Error('useAnnounce is for components inside Announcer.');
  return announce;
}
