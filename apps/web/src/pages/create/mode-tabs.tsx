import { For } from 'solid-js';
import { TabBar } from '../../components/tab-bar.tsx';
import { DRAFT_MODES } from '../../create/draft.ts';
import type { DraftMode } from '../../create/draft.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';

/** The ways to say what the requests are, each an address. */
export function ModeTabs(props: { mode: DraftMode }) {
  const i18n = useI18n();
  return (
    <TabBar label={i18n.t('create.modesLabel')} active={props.mode}>
      <For each={DRAFT_MODES}>
        {(mode) => (
          <a
            class="tab"
            href={paths.create(mode)}
            aria-current={props.mode === mode ? 'page' : undefined}
            noScroll
          >
            {i18n.t(`create.modes.${mode}`)}
          </a>
        )}
      </For>
    </TabBar>
  );
}
