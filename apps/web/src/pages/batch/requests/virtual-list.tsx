import {
  For,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { moveCursor } from './move-cursor.ts';
import { scrollTopFor, windowOf } from './scroll-window.ts';

/** Pixels, as in requests.css. */
const HEAD_HEIGHT = 33;

interface VirtualListProps {
  label: string;
  class: string;
  count: number;
  /** Pixels. */
  rowHeight: number;
  /** Columns as the header names them. */
  columns: readonly { name: string; class: string }[];
  selected: number | null;
  onSelect: (index: number) => void;
  /** Goes on into what is selected. */
  onOpen: () => void;
  onClose: () => void;
  /** The rows that are seen, whenever they change. */
  onSeen?: (range: { first: number; last: number }) => void;
  /** Gets a function that brings a row into sight. */
  onReady?: (show: (index: number) => void) => void;
  children: (index: number) => JSX.Element;
}

/** A list of any length, of which only what is seen is in the page. It is gone through with the keyboard. */
export function VirtualList(props: VirtualListProps) {
  const id = createUniqueId();
  const [scrollTop, setScrollTop] = createSignal(0);
  const [viewHeight, setViewHeight] = createSignal(600);
  let scroller: HTMLDivElement | undefined;
  const place = () => ({
    count: props.count,
    rowHeight: props.rowHeight,
    viewHeight: viewHeight(),
    scrollTop: scrollTop(),
  });
  const view = createMemo(() => windowOf(place()));
  const range = createMemo(() => ({ first: view().first, last: view().last }), undefined, {
    equals: (one, other) => one.first === other.first && one.last === other.last,
  });
  const indices = createMemo(() => {
    const { first, last } = range();
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
  createEffect(on(range, (seen) => props.onSeen?.(seen)));

  function show(index: number): void {
    if (!scroller) return;
    scroller.scrollTop = scrollTopFor(index, { ...place(), scrollTop: scroller.scrollTop });
    setScrollTop(scroller.scrollTop);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === 'ArrowRight') props.onOpen();
    else if (event.key === 'Escape') props.onClose();
    else {
      const pageRows = Math.max(1, Math.floor(viewHeight() / props.rowHeight) - 1);
      const first = Math.ceil(scrollTop() / props.rowHeight);
      const cursor = { at: props.selected, count: props.count, pageRows, first };
      const next = moveCursor(event.key, cursor);
      if (next === null) return;
      props.onSelect(next);
      show(next);
    }
    event.preventDefault();
  }

  onMount(() => {
    const observer = new ResizeObserver(() => setViewHeight((scroller?.clientHeight ?? 0) - HEAD_HEIGHT));
    if (scroller) observer.observe(scroller);
    onCleanup(() => observer.disconnect());
    props.onReady?.(show);
  });

  const isSeen = (index: number | null) => index !== null && index >= range().first && index <= range().last;
  return (
    <div
      ref={(element) => (scroller = element)}
      class={`virtual-list ${props.class}`}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.count + 1}
      aria-activedescendant={isSeen(props.selected) ? `${id}-${props.selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div class="virtual-head" role="rowgroup">
        <div class="virtual-row" role="row" aria-rowindex={1}>
          <For each={props.columns}>
            {(column) => (
              <div class={column.class} role="columnheader">
                {column.name}
              </div>
            )}
          </For>
        </div>
      </div>
      <div class="virtual-rows" role="rowgroup" style={{ height: `${view().height}px` }}>
        <For each={indices()}>
          {(index) => (
            <div
              class="virtual-row"
              role="row"
              id={`${id}-${index}`}
              aria-rowindex={index + 2}
              aria-selected={props.selected === index}
              style={{
                height: `${props.rowHeight}px`,
                transform: `translateY(${index * props.rowHeight + view().shift}px)`,
              }}
              onClick={() => props.onSelect(index)}
            >
              {props.children(index)}
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
