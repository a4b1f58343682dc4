import type { Texts } from '../dictionary.ts';

/** French: the palette and the sheet of shortcuts. */
export const palette: Texts['palette'] = {
  title: 'Chercher ou aller à',
  placeholder: 'Un batch, une page, une commande…',
  nothing: 'Rien ne porte ce nom.',
  providerBatches: 'Batches chez le fournisseur',
  settingsOf: (part) => `Réglages : ${part}`,
  parts: {
    provider: 'fournisseur',
    limits: 'limites',
    prices: 'prix',
    budget: 'budget',
    display: 'affichage',
  },
  themes: { system: 'Thème du système', light: 'Thème clair', dark: 'Thème sombre' },
  languages: { en: 'English', fr: 'Français' },
  pause: 'Mettre en pause les mises à jour',
  goOn: 'Reprendre les mises à jour',
  keys: {
    palette: 'Chercher ou aller à',
    sheet: 'Cette feuille',
    create: 'Nouveau batch',
    search: 'Chercher dans la page',
    overview: 'Aller à la vue d’ensemble',
    batches: 'Aller aux batches',
    files: 'Aller aux fichiers',
    settings: 'Aller aux réglages',
    move: 'Ligne suivante et précédente',
    open: 'Ouvrir',
    leave: 'Fermer',
  },
};
