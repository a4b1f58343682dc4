import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import type { Text } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';
import { jsonColours } from './json-colours.ts';

/** Something that is wrong with a line. */
export interface EditorMark {
  /** 1-based; `null` for the whole, which is shown at its first line. */
  line: number | null;
  message: string;
}

interface EditorOptions {
  label: string;
  text: string;
  onChange: (text: string) => void;
}

/** Long enough that a long text is not read at each key. */
const PAUSE_MS = 200;

/**
 * Puts typed text in place of what is selected. The browser would keep the colour of what was there, by an inline style,
 * which the content security policy of the page blocks.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    if (inputType !== 'insertText' || data === null || isComposing) return false;
    if (view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/** Puts an editor into a shadow root. The tab key leaves it, as it leaves any field. */
export function createEditor(root: ShadowRoot, { label, text, onChange }: EditorOptions) {
  const labelling = new Compartment();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        lintGutter(),
        jsonColours,
        editorTheme,
        typingOver,
        EditorView.lineWrapping,
        labelling.of(labelOf(label)),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.updateListener.of(({ docChanged }) => {
          if (!docChanged) return;
          clearTimeout(timer);
          timer = setTimeout(tell, PAUSE_MS);
        }),
      ],
    }),
  });

  function tell(): void {
    timer = undefined;
    onChange(view.state.doc.toString());
  }

  return {
    /** Replaces the text. */
    setText(next: string): void {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      clearTimeout(timer);
      timer = undefined;
    },
    /** Shows what is wrong, in place of what was. */
    mark(marks: readonly EditorMark[]): void {
      const { doc } = view.state;
      const diagnostics = marks.map(({ line, message }) => ({
        ...rangeOf(doc, line ?? 1),
        message,
        severity: 'error' as const,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    /** Goes to a line, 1-based. */
    jump(line: number): void {
      const { from } = rangeOf(view.state.doc, line);
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    focus: () => view.focus(),
    setLabel(next: string): void {
      view.dispatch({ effects: labelling.reconfigure(labelOf(next)) });
    },
    destroy(): void {
      // What was written in the last moment is kept too.
      if (timer !== undefined) {
        clearTimeout(timer);
        tell();
      }
      view.destroy();
    },
  };
}

function labelOf(label: string) {
  return EditorView.contentAttributes.of({ 'aria-label': label });
}

/** Where a line starts and ends; the last one for a line that is gone meanwhile. */
function rangeOf(doc: Text, line: number): { from: number; to: number } {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return { from, to };
}
