import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { saveFile } from '../../components/charts/save-file.ts';
import { WithCode } from '../../components/with-code.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { describeProblem } from './describe-problem.ts';
import { canLeaveOut } from './find-problems.ts';
import { useForm } from './form-context.tsx';
import { controlId } from './form-field.tsx';
import { LinesAround } from './lines-around.tsx';
import type { JumpToLine } from './paste-mode.tsx';
import type { ListedIssue } from './list-issues.ts';
import { listIssues } from './list-issues.ts';
import { writeIssues } from './write-issues.ts';

/** Issues that are shown at first, and that each "show more" adds. */
const STEP = 100;

/** All that is wrong with the input. Where there is no `jump` to a line, a line is shown with what is around it. */
export function IssueList(props: { jump: JumpToLine | null }) {
  const i18n = useI18n();
  const form = useForm();
  const [shown, setShown] = createSignal(STEP);
  const [opened, setOpened] = createSignal<ListedIssue | null>(null);
  const result = () => form.input.state().result;
  const found = createMemo(() =>
    listIssues(result(), (problem) => describeProblem(problem, i18n.t), i18n.issue),
  );
  createEffect(
    on(result, () => {
      setShown(STEP);
      setOpened(null);
    }),
  );
  /** Lines of the input can be shown; those of prompts and CSV are told by their row. */
  const canShow = (issue: ListedIssue) =>
    issue.line !== null && issue.row === null && result()?.checked !== null;

  function download(): void {
    saveFile(new Blob([writeIssues(found().issues)], { type: 'text/csv' }), i18n.t('create.issuesFile'));
  }

  return (
    <Show when={found().count > 0}>
      <section class="create-part" id={controlId('issues')} tabIndex={-1} aria-labelledby="issues-title">
        <div class="row">
          <h2 id="issues-title">{i18n.t('create.issues')}</h2>
          <span class="quiet">
            {i18n.t(
              'create.issuesOf',
              i18n.format().number(Math.min(shown(), found().issues.length)),
              i18n.format().number(found().count),
            )}
          </span>
          <button type="button" class="link-button row-end" onClick={download}>
            {i18n.t('create.downloadIssues')}
          </button>
        </div>
        <ul class="issues">
          <For each={found().issues.slice(0, shown())}>
            {(issue) => (
              <li class="issue">
                <Show when={canShow(issue)} fallback={<IssueText issue={issue} />}>
                  <button
                    type="button"
                    class="issue-button"
                    aria-expanded={props.jump ? undefined : opened() === issue}
                    onClick={() =>
                      props.jump
                        ? props.jump(issue.line!)
                        : setOpened((now) => (now === issue ? null : issue))
                    }
                  >
                    <IssueText issue={issue} />
                    <Show when={!props.jump}>
                      <ChevronRight class="issue-sign" aria-hidden="true" />
                    </Show>
                  </button>
                </Show>
                <Show when={!props.jump && opened() === issue && result()?.checked}>
                  {(checked) => (
                    <LinesAround blob={result()!.blob} index={checked().lines} line={issue.line!} />
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={shown() < found().issues.length}>
          <button type="button" onClick={() => setShown((count) => count + STEP)}>
            {i18n.t('common.showMore')}
          </button>
        </Show>
        <Show when={found().isOfRows && result() && canLeaveOut(result()!)}>
          <label class="check">
            <input
              type="checkbox"
              checked={form.leavesOut()}
              onChange={(event) => form.setLeavesOut(event.currentTarget.checked)}
            />
            {i18n.t('create.leaveOut')}
          </label>
        </Show>
      </section>
    </Show>
  );
}

/** Where it is, and what. */
function IssueText(props: { issue: ListedIssue }) {
  const i18n = useI18n();
  const place = () => {
    const { row, line, field } = props.issue;
    if (field !== null) return i18n.t(`create.templates.${field}`);
    if (row !== null && row > 0) return i18n.t('create.rowAt', row);
    return line === null ? i18n.t('create.wholeInput') : i18n.t('common.lineAt', line);
  };
  return (
    <>
      <span class="issue-place">{place()}</span>
      <span class="issue-text">
        <Show when={props.issue.custom_id}>{(id) => <span class="mono quiet">{id()} </span>}</Show>
        <Show when={props.issue.hasCode} fallback={props.issue.message}>
          <WithCode text={props.issue.message} />
        </Show>
      </span>
    </>
  );
}
