import { createEffect, on, onCleanup, onMount, untrack } from 'solid-js';
import { createEditor } from './create-editor.ts';
import type { EditorMark } from './create-editor.ts';

interface EditorProps {
  /** Of the element that takes the focus. */
  id: string;
  label: string;
  text: string;
  marks: readonly EditorMark[];
  /** Told a moment after the last key. */
  onChange: (text: string) => void;
  /** Given what shows a line. */
  onReady: (jump: (line: number) => void) => void;
}

/**
 * An editor of lines. It lives in a shadow root: there its styles come as style sheets that a script makes, which the
 * content security policy of the page lets through.
 */
export function Editor(props: EditorProps) {
  let place: HTMLDivElement | undefined;
  let known = untrack(() => props.text);

  onMount(() => {
    const root = place!.attachShadow({ mode: 'open' });
    const editor = createEditor(root, {
      label: props.label,
      text: known,
      onChange(text) {
        known = text;
        props.onChange(text);
      },
    });
    onCleanup(() => editor.destroy());
    // Whoever looks for the field finds the element around it.
    place!.focus = () => editor.focus();
    props.onReady((line) => editor.jump(line));
    createEffect(
      on(
        () => props.text,
        (text) => {
          if (text === known) return;
          known = text;
          editor.setText(text);
        },
      ),
    );
    createEffect(
      on(
        () => props.marks,
        (marks) => editor.mark(marks),
      ),
    );
    createEffect(
      on(
        () => props.label,
        (label) => editor.setLabel(label),
        { defer: true },
      ),
    );
  });

  return <div ref={(element) => (place = element)} id={props.id} class="editor" />;
}
