import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { Show, createSignal } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { RowMenuContent } from './row-menu-content.tsx';
import type { RowMenuProps } from './row-menu-content.tsx';
import '../../components/menu.css';

/** A button that opens what can be done with a row. A hundred menus would take long to make: each is made when it is first opened. */
export function RowMenu(props: RowMenuProps & { name: string }) {
  const i18n = useI18n();
  const [wasOpened, setWasOpened] = createSignal(false);
  const label = () => i18n.t('batches.menuOf', props.name);
  return (
    <Show
      when={wasOpened()}
      fallback={
        <button
          type="button"
          class="icon-button"
          aria-haspopup="menu"
          aria-expanded="false"
          aria-label={label()}
          onClick={() => setWasOpened(true)}
        >
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      <DropdownMenu defaultOpen modal={false} gutter={4} placement="bottom-end">
        <DropdownMenu.Trigger class="icon-button" aria-label={label()}>
          <Ellipsis aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content class="menu">
            <RowMenuContent job={props.job} bulk={props.bulk} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu>
    </Show>
  );
}
