import { Dialog as Kobalte } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import type { ParentProps } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import './dialog.css';

interface DialogProps {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  /** Room for a table. */
  wide?: boolean;
  /** What has the focus at first, where that is not the first control. */
  firstFocus?: () => HTMLElement | undefined;
}

/** A window over the page, which is left by Escape, its cross, and a click beside it. */
export function Dialog(props: ParentProps<DialogProps>) {
  const i18n = useI18n();
  let opener: Element | null = null;
  return (
    <Kobalte open={props.isOpen} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="dialog-shade" />
        <div class="dialog-place">
          <Kobalte.Content
            class={`dialog${props.wide ? ' dialog-wide' : ''}`}
            onOpenAutoFocus={(event) => {
              opener = openerOf(document.activeElement);
              const first = props.firstFocus?.();
              if (!first) return;
              event.preventDefault();
              first.focus();
            }}
            onCloseAutoFocus={() => opener instanceof HTMLElement && opener.focus()}
          >
            <div class="dialog-head">
              <Kobalte.Title class="dialog-title">{props.title}</Kobalte.Title>
              <Kobalte.CloseButton class="icon-button" aria-label={i18n.t('common.close')}>
                <X aria-hidden="true" />
              </Kobalte.CloseButton>
            </div>
            {props.children}
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}

/** What the focus goes back to: of an item of a menu, which is closed by then, the button of the menu. */
function openerOf(focused: Element | null): Element | null {
  const menu = focused?.closest('[role="menu"]');
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
}
