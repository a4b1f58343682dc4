import Search from 'lucide-solid/icons/search';
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';

/** Typing goes on within this time: no question is asked between two letters. */
const PAUSE_MS = 250;

/** Looks for a text; what is typed gets into the address after a short pause. */
export function SearchField(props: { filters: Filters; ref: (input: HTMLInputElement) => void }) {
  const i18n = useI18n();
  const inAddress = () => props.filters.filters().q ?? '';
  const [text, setText] = createSignal(untrack(inAddress));
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));
  // Back, forward, or a chip that was removed; not what this field has put there itself.
  createEffect(
    on(
      inAddress,
      (q) => {
        if (q === text().trim() || timer !== undefined) return;
        setText(q);
      },
      { defer: true },
    ),
  );

  function search(replace: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    const q = text().trim();
    if (q === inAddress()) return;
    props.filters.change({ ...props.filters.filters(), q: q === '' ? undefined : q }, { replace });
  }

  return (
    <form
      role="search"
      class="search-field"
      onSubmit={(event) => {
        event.preventDefault();
        search(false);
      }}
    >
      <Search aria-hidden="true" />
      <input
        ref={(element) => props.ref(element)}
        type="search"
        maxLength={200}
        aria-label={i18n.t('batches.searchLabel')}
        aria-keyshortcuts="/"
        placeholder={i18n.t('batches.searchHint')}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          clearTimeout(timer);
          timer = window.setTimeout(() => search(inAddress() !== ''), PAUSE_MS);
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
