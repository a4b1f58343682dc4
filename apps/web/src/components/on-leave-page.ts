import { useBeforeLeave, useLocation } from '@solidjs/router';

/** Calls back when somebody goes to another page, before that page has come; not for another search of this one. */
export function onLeavePage(callback: () => void): void {
  const location = useLocation();
  useBeforeLeave(({ to }) => {
    const isHere = typeof to === 'string' && new URL(to, window.location.href).pathname === location.pathname;
    if (!isHere) callback();
  });
}
