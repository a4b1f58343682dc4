import { EditorView } from '@codemirror/view';

/** The look of the page: its variables come through the shadow root, and with them its theme. */
export const editorTheme = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontFamily: 'var(--font-mono)',
    fontSize: '12.5px',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': {
    border: 'none',
    borderRight: '1px solid var(--line)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text-quiet)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 4px' },
  // The pictures that come with it are data URLs, and of one colour for both themes.
  '.cm-lint-marker-error': {
    content: 'normal',
    width: '8px',
    height: '8px',
    marginTop: '6px',
    borderRadius: '50%',
    backgroundColor: 'var(--failure)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    paddingBottom: '0',
    textDecoration: 'underline wavy var(--failure)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--failure)' },
  '.cm-tooltip, .cm-panels': {
    border: '1px solid var(--line)',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--failure)' },
  '.cm-diagnostic': { fontFamily: 'var(--font)', fontSize: '13px', padding: '8px 12px' },
  '.json-key': { color: 'var(--accent)' },
  '.json-string': { color: 'var(--text)' },
  '.json-value': { color: 'var(--active)' },
});
