import { fileContentUrl } from '@batchdesk/shared';
import type { DeleteFileWhere, FileView } from '@batchdesk/shared';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { Show, createSignal } from 'solid-js';
import { Menu } from '../../components/menu.tsx';
import type { MenuItem } from '../../components/menu.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { deletionsOf } from './file-facts.ts';

/** What can be done with a file. A hundred menus would take long to make: each is made when it is first opened. */
export function FileMenu(props: { file: FileView; onDelete: (where: DeleteFileWhere) => void }) {
  const i18n = useI18n();
  const [wasOpened, setWasOpened] = createSignal(false);
  const label = () => i18n.t('files.actionsOf', props.file.filename ?? props.file.id);
  const items = (): MenuItem[] => [
    { label: i18n.t('common.download'), href: fileContentUrl(props.file.id) },
    ...deletionsOf(props.file).map(({ where, hindrance }) => ({
      label: i18n.t(`files.deletions.${where}`),
      hint: hindrance === null ? '' : i18n.t(`files.hindrances.${hindrance}`),
      isDangerous: hindrance === null,
      isDisabled: hindrance !== null,
      onSelect: () => props.onDelete(where),
    })),
  ];
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
      <Menu
        isOpenAtFirst
        class="icon-button"
        label={label()}
        trigger={<Ellipsis aria-hidden="true" />}
        items={items()}
      />
    </Show>
  );
}
