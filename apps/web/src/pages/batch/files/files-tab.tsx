import type { Job } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useInfiniteQuery } from '../../../api/use-query.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Loaded } from '../../../components/loaded.tsx';
import { ShowMore } from '../../../components/show-more.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { hasEnded } from '../job-facts.ts';
import { FileRow } from './file-row.tsx';
import './files-tab.css';

/** The files of a batch: where each is, until when, and its bytes. */
export function FilesTab(props: { job: Job }) {
  const i18n = useI18n();
  const app = useApp();
  const query = useInfiniteQuery(() => ({
    ...app.queries.filesOfJob(props.job.id),
    reconcile: 'id',
    refetchInterval: () => (hasEnded(props.job) ? false : app.live.intervalMs()),
  }));
  return (
    <Loaded query={query} lines={4}>
      {(pages) => {
        const files = () => pages().pages.flatMap(({ data }) => data);
        return (
          <Show
            when={files().length > 0}
            fallback={<EmptyState title={i18n.t('batch.noFiles')} hint={i18n.t('batch.noFilesHint')} />}
          >
            <div class="table-place">
              <table class="table table-cards">
                <thead>
                  <tr>
                    <th scope="col">{i18n.t('batch.file')}</th>
                    <th scope="col">{i18n.t('batch.role')}</th>
                    <th scope="col" class="number">
                      {i18n.t('batch.size')}
                    </th>
                    <th scope="col">{i18n.t('batch.where')}</th>
                    <th scope="col">{i18n.t('batch.expiry')}</th>
                    <th scope="col">
                      <span class="visually-hidden">{i18n.t('common.download')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  <For each={files()}>{(file) => <FileRow file={file} />}</For>
                </tbody>
              </table>
            </div>
            <ShowMore query={query} />
          </Show>
        );
      }}
    </Loaded>
  );
}
