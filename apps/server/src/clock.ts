/** Now, in whole Unix seconds: the unit of every time a user or OpenAI sees. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
