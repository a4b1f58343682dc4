import type { JobEvent, WaitReason } from '@batchdesk/shared';
import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');

const waits: Record<WaitReason, string> = {
  token_limit: 'En attente de place : le modèle a autant de tokens en file que le fournisseur en accepte.',
  unknown_limit:
    'En attente : une partie plus petite détermine combien le fournisseur accepte à la fois pour ce modèle.',
  backoff: 'En attente : le fournisseur n’avait pas de place, il sera sollicité plus tard.',
  creation_rate: 'En attente : 2 000 batches ont été créés en une heure, le maximum du fournisseur.',
  provider_paused: 'En attente : rien n’est envoyé au fournisseur tant que son compte ne fonctionne pas.',
  retry_later: 'En attente : l’envoi a échoué et sera retenté.',
  job_budget: 'En attente : le coût dépasserait son budget. Augmentez-le pour l’envoyer.',
  month_budget: 'En attente : le coût dépasserait le budget du mois.',
  busy: 'En attente un instant : d’autres sont en cours d’envoi.',
};

const number = (value: JobEvent['data'][string] | undefined) => Number(value ?? 0);
const requests = (count: number) => plural(count, '{n} requête', '{n} requêtes');
const write = (value: number) => value.toLocaleString('fr');

/** French: the page of one batch. */
export const batch: Texts['batch'] = {
  title: 'Batch',
  notFound: 'Ce batch n’existe pas',
  notFoundHint: 'L’adresse est peut-être mal saisie, ou le batch a été supprimé.',
  toBatches: 'Voir tous les batches',
  id: 'l’identifiant',
  runningFor: (time) => `en cours depuis ${time}`,
  waitingFor: (time) => `en attente depuis ${time}`,
  took: (time) => `a duré ${time}`,
  expiresIn: (time) => `expire dans ${time}`,
  pastExpiry: (time) => `délai dépassé de ${time}`,
  stateIs: (state) => `État du batch : ${state}`,
  waits,
  waitsUntil: (time) => `Pas avant ${time}.`,
  stuck: {
    window: 'Le fournisseur dépasse le délai prévu. Ce qui est terminé reste utilisable.',
    validating: 'La validation chez le fournisseur dure anormalement longtemps.',
    finalizing: 'La finalisation chez le fournisseur dure anormalement longtemps.',
    cancelling: 'L’annulation chez le fournisseur dure anormalement longtemps.',
  },
  stuckHint: 'Vous pouvez attendre ou l’annuler : les réponses déjà obtenues sont conservées.',

  cancelBatch: 'Annuler le batch',
  cancelQuestion: 'Annuler ce batch ?',
  cancelHint:
    'Les réponses obtenues d’ici là sont conservées et facturées. Le reste pourra être renvoyé plus tard.',
  cancelling: 'Annulation…',
  cancelled: 'Le batch est en cours d’annulation.',
  retryCount: (count) => plural(count, 'Renvoyer {n} requête', 'Renvoyer {n} requêtes'),
  retryQuestion: (count) => plural(count, 'Renvoyer {n} requête ?', 'Renvoyer {n} requêtes ?'),
  retryHint:
    'Celles qui n’ont pas réussi sont renvoyées et facturées de nouveau. Les réponses déjà obtenues restent.',
  retrying: 'Renvoi…',
  retried: (count) => plural(count, '{n} requête est renvoyée.', '{n} requêtes sont renvoyées.'),
  moreActions: 'Autres actions',
  downloadResults: 'Télécharger les résultats',
  downloads: {
    merged: 'Tous les résultats (JSONL)',
    output: 'Réponses (JSONL)',
    error: 'Erreurs (JSONL)',
    csv: 'Tous les résultats (CSV)',
  },
  downloadHints: {
    merged: 'Une ligne par requête, dans l’ordre de l’entrée',
    output: 'Telles que le fournisseur les a écrites',
    error: 'Telles que le fournisseur les a écrites',
    csv: 'Une ligne par requête, dans l’ordre de l’entrée',
  },
  hindrances: {
    running: 'Aucune réponse pour l’instant',
    collecting: 'Les résultats sont en cours de récupération',
    nothing: 'Il n’y en a pas',
  },
  deleteBatch: 'Supprimer…',
  deleteUnfinished: 'Une fois terminé',
  deleteQuestion: (name) => `Supprimer ${name} ?`,
  deleteHint: 'Ses requêtes, ses résultats et son historique sont retirés de ce serveur. C’est irréversible.',
  deleteProvider: 'Supprimer aussi ses fichiers chez le fournisseur',
  deleting: 'Suppression…',
  deleted: (name) => `${name} a été supprimé.`,
  copyId: 'Copier l’identifiant',

  progress: 'Avancement',
  answered: 'Traitées',
  answeredHint: 'par le fournisseur ; pas encore récupérées',
  share: (share) => `${share} terminé`,
  inputUnknown: 'Les requêtes sont en cours de comptage.',

  timeline: 'Étapes',
  stages: {
    handed_in: 'Remis',
    waiting: 'Attente d’envoi',
    validating: 'Validation',
    in_progress: 'En cours',
    finalizing: 'Finalisation',
    cancelling: 'Annulation',
    collecting: 'Récupération',
    ended: 'Fin',
  },
  stageStates: {
    done: 'fait',
    current: 'en cours',
    begun: 'en partie',
    next: 'à venir',
    skipped: 'sautée',
    failed: 'échec',
  },
  instant: (second) => `moins de ${second}`,

  figures: 'Chiffres',
  requests: 'Requêtes',
  inputTokens: 'Tokens d’entrée',
  outputTokens: 'Tokens de sortie',
  cachedTokens: (tokens) => `dont ${tokens} en cache`,
  reasoningTokens: (tokens) => `dont ${tokens} de raisonnement`,
  afterwards: 'connu à la fin',
  estimated: (amount) => `environ ${amount} prévus`,
  costOf: (unpriced) => plural(unpriced, '{n} partie sans coût connu', '{n} parties sans coût connu'),
  endpoint: 'Point d’accès',
  models: (count) => plural(count, 'Modèle', 'Modèles'),
  handedIn: 'Remis',
  madeElsewhere: 'Créé ailleurs',
  deadline: 'Échéance',
  budget: 'Budget',
  budgetOf: (committed, limit) => `${committed} sur ${limit}`,
  attempts: 'Tentatives',
  attemptsUpTo: (count) => plural(count, 'une par requête', 'jusqu’à {n} par requête'),

  tabs: {
    requests: 'Requêtes',
    errors: 'Erreurs',
    parts: 'Parties',
    files: 'Fichiers',
    activity: 'Activité',
    code: 'Code',
    raw: 'Brut',
  },
  sections: 'Parties de la page',

  part: 'Partie',
  partState: 'État',
  partModel: 'Modèle',
  estimate: 'Estimation',
  estimateValue: (tokens) => `${tokens} tokens`,
  place: (position) => `rang ${position}`,
  shortWaits: {
    token_limit: 'En attente de place',
    unknown_limit: 'Limite inconnue',
    backoff: 'En attente de place',
    creation_rate: 'Attend l’heure suivante',
    provider_paused: 'Fournisseur en pause',
    retry_later: 'Sera retentée',
    job_budget: 'Retenue par son budget',
    month_budget: 'Retenue par le budget du mois',
    busy: 'Sur le point de partir',
  },
  expiry: 'Expiration',
  partStates: {
    planning: 'En préparation',
    planned: 'Prévue',
    waiting_for_capacity: 'En attente',
    uploading: 'Envoi du fichier',
    creating: 'Création',
    submitted: 'Envoyée',
    failed: 'Non envoyée',
    replaced: 'Remplacée',
    cancelled: 'Annulée',
    imported: 'Créée ailleurs',
  },
  replacedHint: 'Ses requêtes sont passées à d’autres parties.',
  atLine: (line) => `ligne ${line}`,
  pageOf: (page, pages) => `Page ${page} sur ${pages}`,
  previous: 'Précédente',
  next: 'Suivante',
  partsShown: (count) =>
    plural(
      count,
      'Seule la première partie est affichée.',
      'Seules les {n} premières parties sont affichées.',
    ),

  roles: { input: 'Entrée', output: 'Réponses', error: 'Erreurs' },
  needs: {
    active_batch: 'Un batch le lit',
    waiting_submission: 'Il reste à envoyer',
    results_not_collected: 'Ses résultats restent à récupérer',
    only_copy: 'Il n’y a pas de copie ici',
    job_in_progress: 'Son batch est en cours',
  },
  file: 'Fichier',
  role: 'Contenu',
  size: 'Taille',
  where: 'Emplacement',
  here: 'ici',
  atProvider: 'chez le fournisseur',
  fileGone: 'disparu',
  fileExpired: 'expiré là-bas',
  never: 'jamais',
  noFiles: 'Aucun fichier pour l’instant',
  noFilesHint: 'L’entrée apparaît ici à l’envoi, les résultats à la fin du batch.',
  downloadFile: (name) => `Télécharger ${name}`,

  noActivity: 'Rien ne s’est encore passé',
  events: {
    job_created: () => 'Remis.',
    job_cancelling: ({ reason }) =>
      reason === 'deadline'
        ? 'L’échéance est passée : ce qui restait est annulé.'
        : 'Son annulation a été demandée.',
    job_retried: (data) => `Le renvoi de ${requests(number(data['requests']))} a été demandé.`,
    job_finished: ({ status }) =>
      status === 'cancelled' ? 'Terminé avant la fin.' : 'Terminé : chaque requête a son résultat.',
    submission_waiting: ({ reason }) => waits[reason as WaitReason] ?? 'En attente.',
    submission_failed: ({ code }) => `Une partie n’a pas pu être envoyée${code ? ` (\`${code}\`)` : ''}.`,
    submission_cancelled: () => 'Une partie a été annulée avant son envoi.',
    submission_replaced: (data) =>
      `Le fournisseur a refusé une partie (\`${data['code']}\`) : ${requests(number(data['requests']))} reprises dans une nouvelle.`,
    batch_created: () => 'Le fournisseur l’a accepté.',
    batch_imported: () => 'Trouvé chez le fournisseur.',
    batch_status: (_, status) => `État : ${status}.`,
    batch_progress: (data) => {
      const failed = number(data['failed']);
      const answered = `${requests(number(data['completed']) + failed)} sur ${write(number(data['total']))} traitées`;
      return failed === 0 ? `${answered}.` : `${answered}, dont ${write(failed)} en échec.`;
    },
    batch_stuck: () => 'Le fournisseur met anormalement longtemps.',
    batch_collected: (data) => {
      const issues = number(data['issues']);
      const fetched = `Résultats récupérés : ${plural(number(data['succeeded']), '{n} réussie', '{n} réussies')}`;
      return issues === 0
        ? `${fetched}.`
        : `${fetched}, ${plural(issues, '{n} ligne inexploitable.', '{n} lignes inexploitables.')}`;
    },
    batch_uncollectable: () => 'Ses résultats n’ont pas pu être récupérés.',
    requests_retried: (data) => `${requests(number(data['requests']))} renvoyées automatiquement.`,
    budget_warned: () => 'Son budget est presque épuisé.',
    budget_reached: () => 'Son budget est atteint.',
  },

  codeIntro: 'Créer un batch comme celui-ci, suivre celui-ci et télécharger ses résultats.',
  codeToken: 'Si ce serveur demande un jeton d’API, envoyez l’en-tête `Authorization: Bearer <API_TOKEN>`.',
  language: 'Langage',
  snippets: {
    create: 'En créer un comme celui-ci',
    follow: 'Suivre ce batch',
    download: 'Télécharger ses résultats',
  },

  rawJob: 'Ce batch, tel que Batchdesk le conserve',
  rawBatch: 'Tel que le fournisseur le décrit',
  rawBatches: 'Les parties, telles que le fournisseur les décrit',
  rawNoBatch: 'Rien n’a encore été envoyé.',
  rawCut: (size) => `Les 200 premiers ko sur ${size}.`,
  rawSome: (shown, all) => `${shown} parties sur ${all}.`,
  rawWhole: 'Le tout, depuis l’API',
};
