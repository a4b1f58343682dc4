import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import './menu.css';

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

interface MenuProps {
  /** What the button shows. */
  trigger: JSX.Element;
  /** What it is called, where it shows a sign only. */
  label?: string;
  class?: string;
  items: readonly MenuItem[];
  /** Whether it is open from the start: for one that is made when it is asked for. */
  isOpenAtFirst?: boolean;
}

/** A button that opens a list of things to do. */
export function Menu(props: MenuProps) {
  return (
    <DropdownMenu modal={false} gutter={4} placement="bottom-end" defaultOpen={props.isOpenAtFirst ?? false}>
      <DropdownMenu.Trigger class={props.class ?? ''} aria-label={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <For each={props.items}>
            {(item) => (
              <DropdownMenu.Item
                class={`menu-item${item.isDangerous ? ' problem' : ''}`}
                disabled={item.isDisabled ?? false}
                onSelect={() => (item.href ? download(item.href) : item.onSelect?.())}
              >
                <span>{item.label}</span>
                <span class="menu-hint">{item.hint}</span>
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
