// Runs before the first paint: a chosen theme and language must not flash in after the others.
try {
  const { theme, language } = JSON.parse(localStorage.getItem('batchdesk.preferences') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (language === 'fr' || (!language && navigator.language.startsWith('fr')))
    document.documentElement.lang = 'fr';
} catch {
  // Storage is switched off: the system's theme it is.
}
