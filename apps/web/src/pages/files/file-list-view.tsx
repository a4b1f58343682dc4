import { A } from '@solidjs/router';
import { Match, Switch } from 'solid-js';
import { EmptyState } from '../../components/empty-state.tsx';
import { ShowMore } from '../../components/show-more.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import type { FileList } from './create-file-list.ts';
import { FileTable } from './file-table.tsx';

/** The files that are there so far, or why there are none. */
export function FileListView(props: { list: FileList; isFiltered: boolean }) {
  const i18n = useI18n();
  return (
    <Switch
      fallback={
        <EmptyState title={i18n.t('files.none')} hint={i18n.t('files.noneHint')}>
          <A class="button primary" href={paths.create()}>
            {i18n.t('shell.newBatch')}
          </A>
        </EmptyState>
      }
    >
      <Match when={props.list.files().length > 0}>
        <FileTable files={props.list.files()} />
        <ShowMore query={props.list.query}>
          <span class="quiet small">{i18n.t('files.shown', props.list.files().length)}</span>
        </ShowMore>
      </Match>
      <Match when={props.isFiltered}>
        <EmptyState title={i18n.t('files.noMatch')} hint={i18n.t('files.noMatchHint')}>
          <A class="button" href={paths.files()}>
            {i18n.t('files.showAll')}
          </A>
        </EmptyState>
      </Match>
    </Switch>
  );
}
