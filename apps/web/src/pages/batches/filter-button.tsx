import { Popover } from '@kobalte/core/popover';
import ListFilter from 'lucide-solid/icons/list-filter';
import { createSignal } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Filters } from './create-filters.ts';
import { FilterForm } from './filter-form.tsx';
import '../../components/menu.css';

/** Opens what the list can be narrowed to. */
export function FilterButton(props: { filters: Filters }) {
  const i18n = useI18n();
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <Popover open={isOpen()} onOpenChange={setIsOpen} gutter={4} placement="bottom-start">
      <Popover.Trigger>
        <ListFilter aria-hidden="true" />
        {i18n.t('batches.filter')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class="menu filter-popover">
          <Popover.Title class="visually-hidden">{i18n.t('batches.filterTitle')}</Popover.Title>
          <FilterForm
            filters={props.filters.filters()}
            onApply={(next) => {
              setIsOpen(false);
              props.filters.change(next);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
