import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');

/** French: what stands around every page. */
export const shell: Texts['shell'] = {
  skipToContent: 'Aller au contenu',
  navigation: 'Principale',
  overview: 'Vue d’ensemble',
  batches: 'Batches',
  files: 'Fichiers',
  settings: 'Réglages',
  apiDocs: 'Docs de l’API',
  newBatch: 'Nouveau batch',
  search: 'Chercher ou aller à',
  shortcuts: 'Raccourcis clavier',
  notFound: 'Cette page n’existe pas',
  notFoundHint: 'L’adresse est peut-être mal écrite, ou ce qu’elle nommait a été supprimé.',
  toOverview: 'Vers la vue d’ensemble',
  brokenPage: 'Impossible d’afficher cette page',
  reload: 'Recharger',
  live: {
    live: 'En direct',
    polling: 'Par intervalles',
    paused: 'En pause',
    offline: 'Hors ligne',
  },
  liveHint: {
    live: 'Les changements apparaissent aussitôt. Mettre en pause',
    polling:
      'La connexion en direct est coupée : la page demande toutes les quelques secondes. Mettre en pause',
    paused: 'Rien n’est actualisé. Reprendre',
    offline: 'Le serveur est injoignable ; nouvel essai toutes les quelques secondes. Mettre en pause',
  },
  local: 'Fournisseur local',
  localHint:
    'Les réponses sont faites sur cette machine ; aucun modèle n’est appelé. Définissez `OPENAI_API_KEY` pour utiliser OpenAI.',
  provider: 'Fournisseur',
  noKey: 'Clé API non configurée (API key not configured).',
  noKeyHint:
    'Définissez `OPENAI_API_KEY` dans `.env` et redémarrez le serveur, ou retirez `PROVIDER` pour utiliser le fournisseur local.',
  paused: (since) => `Rien n’a été envoyé au fournisseur depuis ${since}.`,
  pauseHints: {
    insufficient_quota:
      'Le compte n’a plus de quota ou sa facturation est désactivée. Réglez cela chez le fournisseur : rien n’est à renvoyer.',
    provider_unauthorized:
      'Le fournisseur n’accepte pas la clé API. Corrigez `OPENAI_API_KEY` dans `.env` et redémarrez le serveur : rien n’est à renvoyer.',
  },
  pauseGoesOn: (time) =>
    `Ce qui attend repart de lui-même dès que cela fonctionne ; prochain essai à ${time}.`,
  trouble: (since) => `Le fournisseur ne répond plus depuis ${since}.`,
  troubleHint: 'Ce qui est en cours est gardé et repart de lui-même dès qu’il répond.',
  tryNow: 'Essayer maintenant',
  tried: 'Nouvel essai auprès du fournisseur.',
  unreachable: (time) => `Le serveur ne répond plus depuis ${time}.`,
  unreachableHint:
    'Ce qui est affiché date de ce moment. Les essais continuent d’eux-mêmes ; vérifiez que le serveur tourne.',
  outdated: 'Il y a une version plus récente de cette page.',
  signIn: 'Se connecter',
  signInHint: 'Ce serveur demande son jeton d’API : la valeur de `API_TOKEN` dans son `.env`.',
  apiToken: 'Jeton d’API',
  noToken: 'Saisissez le jeton d’API.',
  wrongToken: 'Ce n’est pas le jeton d’API de ce serveur. Vérifiez-le et réessayez.',
  signingIn: 'Connexion…',
  uploads: 'Envois',
  uploading: (name) => `Envoi de ${name ?? 'l’entrée'}`,
  uploaded: (name) => (name === null ? 'L’entrée a été confiée' : `${name} a été confié`),
  uploadFailed: (name) =>
    name === null ? 'L’entrée n’a pas pu être confiée' : `${name} n’a pas pu être confié`,
  uploadCancelled: (name) => `Envoi de ${name ?? 'l’entrée'} annulé`,
  bytesOf: (done, total) => `${done} sur ${total}`,
  perSecond: (bytes) => `${bytes}/s`,
  timeLeft: (time) => `encore ${time}`,
  openBatch: 'Ouvrir',
  dropHere: 'Déposez un fichier .jsonl ou .csv pour en faire un batch',
  dropOthers: (name, others) =>
    `Un batch est fait d’un seul fichier : ${name}. ${plural(others, '{n} autre a été laissé de côté.', '{n} autres ont été laissés de côté.')}`,
  dropUnfit:
    'On ne peut pas en faire un batch. Déposez un fichier texte : .jsonl, .json, .ndjson, .txt, .csv ou .tsv. Rien n’a été remplacé.',
  ended: (state) => `Le batch a pris fin : ${state}.`,
};
