import { fileContentUrl } from '@batchdesk/shared';
import type { DeleteFileWhere, FileView } from '@batchdesk/shared';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { Menu } from '../../components/menu.tsx';
import type { MenuItem } from '../../components/menu.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { deletionsOf } from './file-facts.ts';

/** What can be done with a file. */
export function FileMenu(props: { file: FileView; onDelete: (where: DeleteFileWhere) => void }) {
  const i18n = useI18n();
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
    <Menu class="icon-button" label={label()} trigger={<Ellipsis aria-hidden="true" />} items={items()} />
  );
}
