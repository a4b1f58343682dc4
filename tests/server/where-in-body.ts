const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * Whether a place in a body is within an element of its `requests`, and not between two of them. What stands before it
 * has to be the start of JSON.
 */
export function isInElement(text: string, position: number): boolean {
  const before = text.slice(0, position);
  const open: string[] = [];
  let name = '';
  let last = '';
  for (const [token] of before.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && open.length === 1) name = JSON.parse(last) as string;
    last = token;
  }
  if (name !== 'requests' || open[1] !== '[') return false;
  if (open.length > 2) return true;
  // A word that is no JSON is an element that is none, and so is a word with something attached to it.
  const isValueNext = last === '[' || last === ',';
  return isValueNext ? /^[^,:\]}]/.test(text.slice(position)) : /[^\s"[\]{},:]$/.test(before);
}
