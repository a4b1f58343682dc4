import { ErrorBoundary, Show, Suspense, createSignal, lazy } from 'solid-js';
import type { JSX } from 'solid-js';

/** One thing that a menu offers: an action, or a file to download. */
export interface MenuItem {
  label: string;
  /** Said below the label. */
  hint?: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
  onSelect?: () => void;
  /** Downloads from there. */
  href?: string;
}

/** What a menu is made of. */
export interface MenuProps {
  /** What the button shows. */
  trigger: JSX.Element;
  /** What it is called, where it shows a sign only. */
  label?: string;
  class?: string;
  /** Read when it is opened. */
  items: readonly MenuItem[];
}

const OpenedMenu = lazy(async () => ({ default: (await import('./opened-menu.tsx')).OpenedMenu }));

/**
 * A button that opens a list of things to do. The list, and the code of such lists, are made when it is first opened: a
 * table may have a hundred.
 */
export function Menu(props: MenuProps) {
  const [wasOpened, setWasOpened] = createSignal(false);
  return (
    <Show when={wasOpened()} fallback={<MenuButton menu={props} onOpen={() => setWasOpened(true)} />}>
      <ErrorBoundary fallback={<MenuButton menu={props} onOpen={() => undefined} />}>
        <Suspense fallback={<MenuButton menu={props} onOpen={() => undefined} />}>
          <OpenedMenu {...props} />
        </Suspense>
      </ErrorBoundary>
    </Show>
  );
}

function MenuButton(props: { menu: MenuProps; onOpen: () => void }) {
  return (
    <button
      type="button"
      class={props.menu.class ?? ''}
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label={props.menu.label}
      onClick={() => props.onOpen()}
      onKeyDown={(event) => event.key === 'ArrowDown' && props.onOpen()}
    >
      {props.menu.trigger}
    </button>
  );
}
