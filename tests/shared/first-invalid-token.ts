const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

type Want = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

function match(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * Where the first token starts that no JSON text can have there; the length of a text that is only cut off. Written
 * after RFC 8259, to compare with.
 */
export function firstInvalidToken(text: string): number {
  const closers: string[] = [];
  let want: Want = 'value';
  let position = 0;
  for (;;) {
    position += match(SPACE, text, position);
    const character = text[position];
    if (character === undefined) return position;
    let length = 1;
    if (character === closers.at(-1) && [', or end', 'value or ]', 'key or }'].includes(want)) {
      closers.pop();
      want = ', or end';
    } else if (want === ', or end') {
      if (character !== ',' || closers.length === 0) return position;
      want = closers.at(-1) === ']' ? 'value' : 'key';
    } else if (want === ':') {
      if (character !== ':') return position;
      want = 'value';
    } else if (want === 'key' || want === 'key or }') {
      length = match(STRING, text, position);
      want = ':';
    } else if (character === '[') {
      closers.push(']');
      want = 'value or ]';
    } else if (character === '{') {
      closers.push('}');
      want = 'key or }';
    } else {
      length = [STRING, NUMBER, LITERAL].map((pattern) => match(pattern, text, position)).find(Boolean) ?? 0;
      want = ', or end';
    }
    if (length === 0) return position;
    position += length;
  }
}
