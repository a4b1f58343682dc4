import type { Dictionary } from './en.ts';
import { costsFr } from './costs-fr.ts';
import { createPlural } from './plural.ts';

const plural = createPlural('fr');

/** What the page says in French. */
export const fr: Dictionary = {
  ...costsFr,
  skipToContent: 'Aller au contenu',
  apiDocs: 'Doc de l’API',
  language: 'Langue',
  loading: 'Chargement…',

  provider: 'Fournisseur',
  localProvider:
    'Fournisseur local : les réponses sont produites sur cette machine, aucun modèle n’est appelé.',
  localProviderHint:
    'Pour utiliser OpenAI, définissez `OPENAI_API_KEY` dans `.env` et redémarrez le serveur.',
  noKey: 'Clé API non configurée (API key not configured).',
  noKeyHint:
    'Définissez `OPENAI_API_KEY` dans `.env` et redémarrez le serveur, ou retirez `PROVIDER` pour utiliser le fournisseur local.',
  openaiAt: (url) => `Les batches sont traités par \`${url}\`.`,
  paused: (since) => `Rien n’est envoyé au fournisseur depuis : ${since}.`,
  pauseHints: {
    insufficient_quota:
      'Le compte n’a plus de quota, ou sa facturation est désactivée. Réglez cela chez le fournisseur : rien n’est à renvoyer.',
    provider_unauthorized:
      'Le fournisseur n’accepte pas la clé API. Corrigez `OPENAI_API_KEY` dans `.env` et redémarrez le serveur : rien n’est à renvoyer.',
  },
  pauseGoesOn: (time) =>
    `Ce qui attend continue de lui-même dès que cela remarche ; le prochain essai est à ${time}.`,
  tryNow: 'Essayer maintenant',
  pauseTried: 'Un nouvel essai est lancé.',

  statistics: 'Statistiques',
  batches: 'Batches',
  requests: 'Requêtes',
  completed: 'terminées',
  failed: 'en échec',
  tokens: 'Tokens',
  inputTokens: 'en entrée',
  outputTokens: 'en sortie',

  newBatch: 'Nouveau batch',
  endpoint: 'Endpoint',
  model: 'Modèle',
  batchName: 'Nom du batch',
  optional: 'facultatif',
  prompts: 'Prompts',
  promptsHint: 'Un prompt par ligne. Chacun devient une requête ; les lignes vides sont ignorées.',
  promptCount: (count) => plural(count, '{n} prompt', '{n} prompts'),
  createBatch: 'Créer le batch',
  creating: 'Création…',
  created: (id) => `Batch ${id} créé.`,
  noModel: 'Indiquez le modèle qui répond.',
  noPrompts: 'Écrivez au moins un prompt.',
  tooManyPrompts: (count, max) =>
    `${plural(count, '{n} prompt', '{n} prompts')} : un batch en accepte au plus ${plural(max, '{n}', '{n}')}. Répartissez la liste sur plusieurs batches.`,
  samplePrompts: [
    'Quelle est la capitale de la France ?',
    'Explique la photosynthèse en deux phrases.',
    'Écris un haïku sur la patience.',
  ],

  status: 'Statut',
  statuses: {
    validating: 'Validation',
    in_progress: 'En cours',
    finalizing: 'Finalisation',
    completed: 'Terminé',
    failed: 'Échec',
    expired: 'Expiré',
    cancelling: 'Annulation',
    cancelled: 'Annulé',
  },
  allStatuses: 'Tous les statuts',
  refresh: 'Actualiser',
  refreshedAt: 'Actualisé à',
  refreshed: 'La liste est à jour.',
  caption: 'Batches, du plus récent au plus ancien',
  batch: 'Batch',
  target: 'Endpoint et modèle',
  createdAt: 'Créé',
  justNow: 'à l’instant',
  progress: 'Avancement',
  notCounted: 'Pas encore compté',
  noneRun: 'Aucune requête traitée',
  countOfTotal: (completed, total) => `${completed} sur ${total} terminées`,
  failedCount: (count) => plural(count, '{n} en échec', '{n} en échec'),
  actions: 'Actions',
  downloadResults: 'Télécharger les résultats',
  downloadErrors: 'Télécharger les erreurs',
  cancel: 'Annuler',
  ofBatch: (id) => `de ${id}`,
  batchById: (id) => `le batch ${id}`,
  cancelQuestion: 'Annuler ce batch ?',
  confirmCancel: 'Oui, l’annuler',
  keepBatch: 'Le garder',
  cancelling: 'Annulation…',
  cancelAsked: (id) => `Le batch ${id} est en cours d’annulation.`,
  showMore: 'Afficher plus',

  nothingYet: 'Aucun batch pour l’instant',
  nothingYetHint: 'Écrivez quelques prompts dans le formulaire, ou commencez par trois exemples.',
  useSamples: 'Remplir avec trois exemples de prompts',
  samplesFilled: 'Trois exemples de prompts sont dans le formulaire.',
  nothingMatches: (name) => `Aucun batch n’a le statut « ${name} »`,
  showAll: 'Afficher tous les batches',
  loadFailed: 'Les batches n’ont pas pu être chargés',
  refreshFailed: 'La liste n’a pas pu être actualisée',
  retry: 'Réessayer',

  signIn: 'Se connecter',
  signInHint: 'Ce serveur demande son jeton d’API : la valeur de `API_TOKEN` dans son `.env`.',
  apiToken: 'Jeton d’API',
  noToken: 'Saisissez le jeton d’API.',
  wrongToken: 'Ce n’est pas le jeton d’API de ce serveur. Vérifiez-le et réessayez.',
  signingIn: 'Connexion…',

  unreachable: 'Le serveur est injoignable. Vérifiez qu’il est démarré, puis réessayez.',
  requestId: (id) => `Identifiant de la requête : ${id}`,
  requestAt: (line) => `Requête ${line}`,
  moreIssues: (count) => plural(count, 'et {n} autre problème', 'et {n} autres problèmes'),
};
