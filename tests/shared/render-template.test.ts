import { escapeTemplate, parseTemplate } from '@batchdesk/shared';
import { expect, test } from 'vitest';

const columns = ['city', 'product name', 'twice', 'twice'];
const row = { row: 7, cells: ['Zürich', '{{city}} $& \\{{', 'a', 'b'] };

function render(text: string, from = row): string {
  const parsed = parseTemplate(text, columns);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.template.render(from);
}

test('places get the values of the row, as they are', () => {
  expect(render('{{row}}: {{ city }}, {{product name}}!')).toBe('7: Zürich, {{city}} $& \\{{!');
  expect(render('')).toBe('');
  expect(render('{"a": {"b": 1}} }} {x} \\n')).toBe('{"a": {"b": 1}} }} {x} \\n');
});

test('braces can be written', () => {
  expect(render('\\{{city}} {{city}}')).toBe('{{city}} Zürich');
  for (const text of ['a {{ b }} \\{{ {{{', '{{', 'nothing']) expect(render(escapeTemplate(text))).toBe(text);
});

test('all places that cannot be filled are told, and where they are', () => {
  const text = 'x {{town}} {{}} {{twice}} {{City}} {{city';
  expect(parseTemplate(text, columns)).toEqual({
    problems: [
      { code: 'unknown_column', column: 'town', start: 2, end: 10 },
      { code: 'unknown_column', column: '', start: 11, end: 15 },
      { code: 'ambiguous_column', column: 'twice', start: 16, end: 25 },
      { code: 'unknown_column', column: 'City', start: 26, end: 34 },
      { code: 'unclosed_place', column: '', start: 35, end: 37 },
    ],
  });
});

test('the number of the row goes before a column of that name', () => {
  const parsed = parseTemplate('{{row}}', ['row']);
  expect('template' in parsed && parsed.template.render({ row: 3, cells: ['x'] })).toBe('3');
});

test('a hostile template takes no time to speak of', () => {
  const parsed = parseTemplate('{{'.repeat(200_000), []);
  expect('problems' in parsed && parsed.problems.length).toBe(200_000);
});
