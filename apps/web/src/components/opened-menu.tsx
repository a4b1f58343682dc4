import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { For } from 'solid-js';
import type { MenuProps } from './menu.tsx';
import './menu.css';

/** A menu, open at first. */
export function OpenedMenu(props: MenuProps) {
  return (
    <DropdownMenu defaultOpen modal={false} gutter={4} placement="bottom-end">
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
