import { Decoration, MatchDecorator, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';

/** A string, with the colon of a key where it is one; a number or a word. */
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;
/** Of a line: what is looked at before and behind what is seen, to begin with whole strings. */
const MOST_CHARACTERS = 10_000;

const key = Decoration.mark({ class: 'json-key' });
const string = Decoration.mark({ class: 'json-string' });
const value = Decoration.mark({ class: 'json-value' });

/** Colours the JSON of what is seen, each line for itself: a language for JSON takes only one value in a document. */
const decorator = new MatchDecorator({
  regexp: TOKENS,
  maxLength: MOST_CHARACTERS,
  decorate(add, from, to, [, text, colon]) {
    if (text === undefined) add(from, to, value);
    else add(from, from + text.length, colon === undefined ? string : key);
  },
});

/** Shows keys, strings, and other values of JSON lines apart. */
export const jsonColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorator.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = decorator.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);
