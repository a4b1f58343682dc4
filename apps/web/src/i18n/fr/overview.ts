import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');

/** French: what there is, and what it needs. */
export const overview: Texts['overview'] = {
  totals: 'Statistiques',
  totalsHint: 'Depuis le premier ; chaque partie compte',
  batches: 'Batches chez le fournisseur',
  requests: 'Requêtes',
  completed: 'terminées',
  failed: 'échouées',
  tokens: 'Tokens',
  inputTokens: 'entrée',
  outputTokens: 'sortie',
  prices: 'Prix',

  attention: 'À surveiller',
  nothingToAttend: 'Rien à surveiller.',
  moreToAttend: (count) => plural(count, 'Afficher {n} de plus', 'Afficher {n} de plus'),
  noKey: 'Le fournisseur n’a pas de clé API : rien ne peut être envoyé.',
  paused: (since) => `Rien n’a été envoyé au fournisseur depuis ${since}.`,
  trouble: (since) => `Le fournisseur ne répond pas comme il devrait depuis ${since}.`,
  budgetReached: 'Le budget du mois est atteint.',
  budgetHolds: (count) =>
    plural(
      count,
      'Le budget du mois est atteint ; {n} batch est retenu.',
      'Le budget du mois est atteint ; {n} batches sont retenus.',
    ),
  stuck: {
    window: 'dépasse sa fenêtre d’exécution',
    validating: 'est en validation depuis anormalement longtemps',
    finalizing: 'est en finalisation depuis anormalement longtemps',
    cancelling: 'est en cours d’annulation depuis anormalement longtemps',
  },
  expiring: (duration) => `expire dans ${duration} ; ce qui n’aura pas de réponse pourra être réessayé`,
  expiringNow: 'va expirer ; ce qui n’a pas de réponse pourra être réessayé',
  waiting: {
    token_limit: 'attend une place parmi les tokens en file de son modèle',
    unknown_limit: 'attend qu’on sache combien son modèle accepte',
    backoff: 'attend : le fournisseur n’avait pas de place pour lui',
    creation_rate: 'attend : 2 000 batches ont été créés en une heure',
    provider_paused: 'attend que le fournisseur accepte à nouveau des batches',
    retry_later: 'n’a pas pu être envoyé et sera réessayé',
    job_budget: 'est retenu par son budget',
    month_budget: 'est retenu par le budget du mois',
    busy: 'attend que d’autres soient envoyés',
  },
  waitingUntil: (reason, time) => `${reason}, jusqu’à ${time} environ`,
  ended: { failed: 'a échoué', expired: 'a expiré avant que chaque requête ait sa réponse' },
  errors: (count, total) =>
    plural(count, `a {n} requête sans succès sur ${total}`, `a {n} requêtes sans succès sur ${total}`),
  actions: {
    provider: 'Fournisseur',
    budget: 'Budget',
    limits: 'Limites',
    errors: 'Erreurs',
    open: 'Ouvrir',
  },
  actionFor: (action, name) => `${action} : ${name}`,

  underWay: 'En cours',
  nothingUnderWay: 'Aucun batch en cours.',
  newestShown: (count) => plural(count, 'Le plus récent est affiché.', 'Les {n} plus récents sont affichés.'),
  allBatches: 'Tous les batches',
  columns: {
    name: 'Batch',
    state: 'État',
    progress: 'Avancement',
    elapsed: 'Durée',
    expires: 'Expire dans',
  },

  firstTitle: 'Aucun batch pour l’instant',
  firstHint:
    'Un batch, ce sont de nombreuses requêtes remises ensemble : en 24 heures, chacune a sa réponse, ou la raison de son absence, à moitié prix.',
  sample: 'Essayer un batch d’exemple',
  sampleLocal:
    'L’exemple a trois requêtes ; le fournisseur local y répond en quelques secondes et ne facture rien.',
  sampleOpenai: 'L’exemple a trois courtes requêtes à `gpt-4o-mini` ; elles coûtent moins d’un centime.',
  sampleName: 'Exemple',
  samplePrompts: {
    first: 'Quelle est la capitale de la France ?',
    second: 'Explique la photosynthèse en une phrase.',
    third: 'Traduis « Bonjour » en espagnol.',
  },
  sampleSending: 'Création du batch d’exemple…',
  sampleSent: 'Le batch d’exemple est créé.',
};
