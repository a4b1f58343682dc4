import Search from 'lucide-solid/icons/search';
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import { onLeavePage } from './on-leave-page.ts';
import './search-input.css';

interface SearchInputProps {
  label: string;
  /** Stands in the field while it is empty; the label where nothing is said. */
  hint?: string;
  /** What is looked for now, as the address says. */
  value: string;
  /** Looks for something else; with `replace` one cannot go back to what was there: for what is still being typed. */
  onSearch: (text: string, options: { replace: boolean }) => void;
}

/** Typing goes on within this time: no question is asked between two letters. */
const PAUSE_MS = 250;

/** A field to look for a text, which gets into the address after a short pause. */
export function SearchInput(props: SearchInputProps) {
  const [text, setText] = createSignal(untrack(() => props.value));
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));
  // What is not looked for yet would bring somebody back who has just gone on.
  onLeavePage(() => clearTimeout(timer));
  // Back, forward, or filters that were taken away; not what is being typed.
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (timer === undefined && value !== text().trim()) setText(value);
      },
      { defer: true },
    ),
  );

  function search(replace: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    const wanted = text().trim();
    if (wanted !== props.value) props.onSearch(wanted, { replace });
  }

  return (
    <form
      role="search"
      class="search-input"
      onSubmit={(event) => {
        event.preventDefault();
        search(false);
      }}
    >
      <Search aria-hidden="true" />
      <input
        type="search"
        maxLength={200}
        aria-label={props.label}
        aria-keyshortcuts="/"
        placeholder={props.hint ?? props.label}
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          clearTimeout(timer);
          timer = window.setTimeout(() => search(props.value !== ''), PAUSE_MS);
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
