import { createEffect, createMemo, createRoot, createSignal, on } from 'solid-js';
import { createDraft } from '../../create/create-draft.ts';
import type { AppState } from '../../state/app-state.tsx';
import { createEstimate } from './create-estimate.ts';
import { createInput } from './create-input.ts';
import { createSending } from './create-sending.ts';
import { findProblems } from './find-problems.ts';
import type { ProblemField } from './find-problems.ts';

const MS = 1_000;

/** The form: what it holds, what it would send, and the sending. */
export type Form = ReturnType<typeof createForm>;

let opened: Form | undefined;

/** The form. It lives on while other pages are shown: a large file is not checked again, and what is sent is known again. */
export function openForm(app: AppState): Form {
  opened ??= createRoot(() => createForm(app));
  return opened;
}

function createForm(app: AppState) {
  const draft = createDraft();
  const input = createInput(draft);
  const estimate = createEstimate(input, app.unreachableSince);
  const [leavesOut, setLeavesOut] = createSignal(false);
  createEffect(
    on(
      () => draft.files.csv,
      () => setLeavesOut(false),
    ),
  );
  const [wasTried, setWasTried] = createSignal(false);
  const problems = createMemo(() =>
    findProblems({
      draft: draft.fields,
      files: draft.files,
      input: input.state(),
      leavesOut: leavesOut(),
      nowMs: draft.fields.deadline === '' ? 0 : app.now() * MS,
    }),
  );
  const sending = createSending(app, draft, input, () => {
    setWasTried(true);
    return problems().length > 0;
  });
  return {
    draft,
    input,
    estimate,
    sending,
    /** Whether rows with a problem are left out. */
    leavesOut,
    setLeavesOut,
    problems,
    /** Whether somebody has tried to send it: only then is said what is missing. */
    wasTried,
    setWasTried,
    /** What is wrong with a field, once somebody has tried to send it. */
    problemOf: (field: ProblemField) =>
      wasTried() ? (problems().find((problem) => problem.field === field)?.key ?? null) : null,
  };
}
