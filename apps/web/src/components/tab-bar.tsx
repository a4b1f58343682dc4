import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { ParentProps } from 'solid-js';

interface TabBarProps {
  label: string;
  /** Which tab is open; it has `aria-current`. */
  active: string | undefined;
  class?: string;
}

/** A row of tabs. Where it has no room for all, the open one is brought into view, and edges with more beyond them fade. */
export function TabBar(props: ParentProps<TabBarProps>) {
  const [more, setMore] = createSignal({ before: false, after: false });
  let bar: HTMLElement | undefined;
  let row: HTMLElement | undefined;
  // Somebody scrolls it: it stays where it is until another tab is open.
  let isTouched = false;
  const touch = () => (isTouched = true);

  function look(): void {
    if (!bar) return;
    const { scrollLeft, scrollWidth, clientWidth } = bar;
    setMore({ before: scrollLeft > 1, after: scrollLeft + clientWidth < scrollWidth - 1 });
  }

  function showActive(): void {
    const tab = bar?.querySelector('[aria-current]')?.getBoundingClientRect();
    if (bar && tab && !isTouched) {
      const place = bar.getBoundingClientRect();
      bar.scrollLeft += tab.left - place.left - (place.width - tab.width) / 2;
    }
    look();
  }

  onMount(() => {
    // Counts come later than the tabs, and make them wider.
    const observer = new ResizeObserver(showActive);
    for (const element of [bar, row]) if (element) observer.observe(element);
    onCleanup(() => observer.disconnect());
  });
  createEffect(
    on(
      () => props.active,
      () => {
        isTouched = false;
        const frame = requestAnimationFrame(showActive);
        onCleanup(() => cancelAnimationFrame(frame));
      },
    ),
  );

  return (
    <nav
      ref={(element) => (bar = element)}
      class={`tab-bar ${props.class ?? 'tabs'}`}
      aria-label={props.label}
      data-before={more().before}
      data-after={more().after}
      onScroll={look}
      onWheel={touch}
      onPointerDown={touch}
    >
      <div class="tab-row" ref={(element) => (row = element)}>
        {props.children}
      </div>
    </nav>
  );
}
