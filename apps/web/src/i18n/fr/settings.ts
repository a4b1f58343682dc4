import type { Texts } from '../dictionary.ts';

/** French: what people set, prices and budgets aside. */
export const settings: Texts['settings'] = {
  title: 'Réglages',
  sections: 'Parties des réglages',
  parts: {
    provider: 'Fournisseur',
    limits: 'Limites',
    prices: 'Prix',
    budget: 'Budget',
    display: 'Affichage',
  },

  runs: 'Les batches passent par',
  providers: {
    openai: 'L’API d’OpenAI',
    compatible: 'Un serveur compatible avec l’API d’OpenAI',
    local: 'Le fournisseur local',
  },
  providerHints: {
    openai: 'Les fichiers et les requêtes sont envoyés à l’adresse ci-dessous.',
    local: 'Les réponses sont faites sur cette machine : aucun modèle n’est appelé, rien n’est facturé.',
  },
  state: 'État',
  states: {
    ready: 'Prêt',
    no_key: 'Pas de clé API',
    paused: (since) => `En pause depuis ${since}`,
    trouble: (since) => `Sans réponse depuis ${since}`,
  },
  address: 'Adresse',
  key: 'Clé API',
  keys: { set: 'Configurée', missing: 'Non configurée', unneeded: 'Inutile' },
  keyHint: 'Elle reste sur le serveur : aucune page et aucune réponse de l’API ne la contient.',
  version: 'Version',
  useOpenai: 'Pour passer par OpenAI',
  changeKey: 'Pour utiliser une autre clé',
  writeKey: 'Écrivez votre clé dans le fichier `.env` du dossier de Batchdesk :',
  restart: 'Redémarrez le serveur.',
  untilThen: 'Les batches créés ici restent où ils sont, avec leurs résultats.',
  toLocal: 'Pour essayer quelque chose sans facture, écrivez plutôt `PROVIDER=local`.',

  limitsHint:
    'Combien de tokens d’entrée d’un modèle votre compte peut avoir en file chez le fournisseur. Le reste attend ici et part dès qu’il y a de la place.',
  addLimit: 'Fixer une limite',
  limit: 'Limite',
  limitUnknown: 'inconnue',
  limitSources: { settings: 'fixée', learned: 'apprise' },
  enqueued: 'En file maintenant',
  ofLimit: (share) => `(${share})`,
  waiting: 'Batches en attente',
  blockedUntil: 'Pas avant',
  setLimit: 'Fixer',
  forget: 'Oublier',
  forgetting: (model) => `Oubli de la limite de ${model}…`,
  forgotten: (model) =>
    `La limite de ${model} est oubliée. Elle sera apprise de nouveau quand le fournisseur refusera un batch.`,
  limitOf: (model) => `Limite de ${model}`,
  limitTokens: 'Tokens d’entrée à la fois',
  limitTokensHint: 'Selon les limites de votre compte : « batch queue limit ».',
  noTokens: 'Saisissez un nombre entier supérieur à zéro.',
  limitSaved: (model) => `La limite de ${model} est enregistrée.`,
  noLimits: 'Aucune limite pour l’instant',
  noLimitsHint:
    'Une limite apparaît quand le fournisseur en nomme une, et un modèle quand ses batches attendent ou sont en cours. Vous pouvez en fixer une avant.',

  displayHint: 'Pour ce navigateur seulement. Chaque choix vaut aussitôt.',
  language: 'Langue',
  theme: 'Thème',
  themes: { system: 'Comme le système', light: 'Clair', dark: 'Sombre' },
  timeZone: 'Fuseau horaire',
  timeThere: (time) => `Là-bas, nous sommes le ${time}.`,
  localZone: (zone) => `Celui du navigateur (${zone})`,
  allZones: 'Tous les fuseaux',
  refresh: 'Actualisation',
  refreshHint: 'Les changements apparaissent aussi dès qu’ils ont lieu ; ceci vaut pour le reste.',
  every: (time) => `Toutes les ${time}`,
  notify: 'Me prévenir quand un batch prend fin',
  notifyHint:
    'Une notification du navigateur, tant que cette page est ouverte et que vous regardez ailleurs.',
  notifyDenied:
    'Le navigateur refuse les notifications de cette page. Autorisez-les dans ses réglages pour ce site, puis cochez de nouveau.',
  notifyUnavailable: 'Le navigateur n’a de notifications que pour les pages en HTTPS et sur localhost.',
};
