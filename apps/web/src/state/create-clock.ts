import { createSignal, onCleanup } from 'solid-js';

const TICK_MS = 1_000;

/** The time in Unix seconds, as long as somebody looks: hidden tabs stand still. */
export function createClock(): () => number {
  const [now, setNow] = createSignal(nowSeconds());
  let timer: number | undefined;
  function follow(): void {
    clearInterval(timer);
    if (document.hidden) return;
    setNow(nowSeconds());
    timer = window.setInterval(() => setNow(nowSeconds()), TICK_MS);
  }
  follow();
  document.addEventListener('visibilitychange', follow);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', follow);
  });
  return now;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
