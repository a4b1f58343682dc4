import { isTerminalState } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { Show, createMemo, createSignal, createUniqueId, untrack } from 'solid-js';
import { CopyButton } from '../../components/copy-button.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { Time } from '../../components/time.tsx';
import { jobIdOf, jobName } from '../../format/job-name.ts';
import { countAnswered } from '../../format/progress.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { CostCell } from './cost-cell.tsx';
import type { Bulk } from './create-bulk.ts';
import type { JobList } from './create-job-list.ts';
import type { Selection } from './create-selection.ts';
import { elapsedSeconds } from './job-facts.ts';
import { JobParts } from './job-parts.tsx';
import { RowMenu } from './row-menu.tsx';
import { StateCell } from './state-cell.tsx';

interface JobRowProps {
  id: string;
  list: JobList;
  selection: Selection;
  bulk: Bulk;
}

/** A job as a row, which opens to its batches where there are several. */
export function JobRow(props: JobRowProps) {
  const i18n = useI18n();
  const app = useApp();
  const partsId = createUniqueId();
  const [isOpen, setIsOpen] = createSignal(false);
  // A row that leaves shows what it was until it is gone.
  const row = createMemo(
    (before: ReturnType<JobList['row']>) => props.list.row(props.id) ?? before,
    undefined,
  );
  const job = () => row()?.job as Job;
  const name = createMemo(() => jobName(job()));
  // Below a name the id that people know, below that one our own.
  const shownId = () => (jobIdOf(job()) === name() ? props.id : jobIdOf(job()));
  const hasParts = () => job().batch_count > 1;
  const took = () => {
    const isOver = isTerminalState(job().state) && job().finished_at !== null;
    return i18n.format().duration(elapsedSeconds(job(), isOver ? 0 : app.now()));
  };
  const isSelected = () => props.selection.has(props.id);

  return (
    <>
      <tr
        role="row"
        class={`job-row${row()?.isGone ? ' is-gone' : ''}`}
        data-selected={isSelected()}
        title={row()?.isGone ? i18n.t('batches.gone') : undefined}
      >
        <td role="cell" class="cell-select">
          <label class="select-box">
            <input
              type="checkbox"
              aria-label={i18n.t('batches.select', name())}
              checked={isSelected()}
              onClick={(event) => props.selection.toggle(props.id, event.shiftKey)}
            />
          </label>
        </td>
        <th role="rowheader" scope="row" class="cell-name">
          <div class="name-line">
            <Show when={hasParts()}>
              <button
                type="button"
                class="icon-button expander"
                aria-expanded={isOpen()}
                aria-controls={partsId}
                aria-label={i18n.t('batches.showParts', job().batch_count)}
                onClick={() => setIsOpen(!isOpen())}
              >
                <ChevronRight aria-hidden="true" />
              </button>
            </Show>
            <a class="row-link cut" href={paths.batch(props.id)}>
              {name()}
            </a>
            <Show when={hasParts()}>
              <span class="quiet small part-count">{i18n.t('batches.partCount', job().batch_count)}</span>
            </Show>
          </div>
          <div class="id-line">
            <span class="mono quiet cut">{shownId()}</span>
            <CopyButton text={shownId()} what={i18n.t('batches.idOf', name())} />
          </div>
        </th>
        <td role="cell" class="cell-state plain" data-label={i18n.t('batches.columns.state')}>
          <StateCell job={job()} />
        </td>
        <td role="cell" class="plain" data-label={i18n.t('batches.columns.progress')}>
          <JobProgress counts={job().counts} answered={countAnswered(job())} />
        </td>
        <td role="cell" class="cell-model plain" data-label={i18n.t('batches.columns.model')}>
          <div>
            <p class="cut">
              {job().models[0] ?? i18n.t('common.none')}
              <Show when={job().models.length > 1}>
                <span class="quiet"> {i18n.t('batches.moreModels', job().models.length - 1)}</span>
              </Show>
            </p>
            <p class="quiet small cut">{job().endpoint}</p>
          </div>
        </td>
        <td role="cell" class="number cell-cost" data-label={i18n.t('batches.columns.cost')}>
          <CostCell job={job()} />
        </td>
        <td role="cell" class="cell-time" data-label={i18n.t('batches.columns.created')}>
          <Time at={untrack(() => job().created_at)} />
        </td>
        <td role="cell" class="number cell-took" data-label={i18n.t('batches.columns.took')}>
          {took()}
        </td>
        <td role="cell" class="cell-menu">
          <RowMenu job={job()} name={name()} bulk={props.bulk} />
        </td>
      </tr>
      <Show when={isOpen()}>
        <tr role="row" class="parts-row" id={partsId}>
          <td role="cell" colSpan={9}>
            <JobParts jobId={props.id} name={name()} isOver={isTerminalState(job().state)} />
          </td>
        </tr>
      </Show>
    </>
  );
}
