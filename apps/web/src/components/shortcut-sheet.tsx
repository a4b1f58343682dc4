import { For } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { SHORTCUTS, VIEW_KEYS } from '../state/shortcuts.ts';
import type { Shortcut } from '../state/shortcuts.ts';
import { Dialog } from './dialog.tsx';
import './shortcut-sheet.css';

/** The keys of the page. */
export function ShortcutSheet(props: { isOpen: boolean; onClose: () => void }) {
  const i18n = useI18n();
  const everywhere = (Object.keys(SHORTCUTS) as Shortcut[]).map((name) => ({
    label: i18n.t(`palette.keys.${name}`),
    keys: keysOf(SHORTCUTS[name]),
  }));
  const inViews = (Object.keys(VIEW_KEYS) as (keyof typeof VIEW_KEYS)[]).map((name) => ({
    label: i18n.t(`palette.keys.${name}`),
    keys: [...VIEW_KEYS[name]],
  }));
  return (
    <Dialog isOpen={props.isOpen} title={i18n.t('shell.shortcuts')} onClose={() => props.onClose()}>
      <dl class="shortcuts">
        <For each={[...everywhere, ...inViews]}>
          {({ label, keys }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                <For each={keys}>{(key) => <kbd>{key}</kbd>}</For>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Dialog>
  );
}

const MODIFIER = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';

/** The keys of a binding as they are written on a keyboard. */
function keysOf(binding: string): string[] {
  return binding
    .replace('Shift+', '')
    .split(/[ +]/)
    .map((key) => (key === '$mod' ? MODIFIER : key.length === 1 ? key.toUpperCase() : key));
}
