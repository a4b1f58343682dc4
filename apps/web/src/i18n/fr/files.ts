import type { DeleteFileWhere } from '@batchdesk/shared';
import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');
const fileCount = (count: number) => plural(count, '{n} fichier', '{n} fichiers');

const deleteQuestions: Record<DeleteFileWhere, (name: string) => string> = {
  provider: (name) => `Supprimer ${name} chez le fournisseur ?`,
  here: (name) => `Supprimer la copie de ${name} ici ?`,
  both: (name) => `Supprimer ${name} aux deux endroits ?`,
};

const deleted: Record<DeleteFileWhere, (name: string) => string> = {
  provider: (name) => `${name} a été supprimé chez le fournisseur.`,
  here: (name) => `La copie de ${name} ici a été supprimée.`,
  both: (name) => `${name} a été supprimé.`,
};

/** French: the files at the provider and here. */
export const files: Texts['files'] = {
  title: 'Fichiers',
  totals: 'Tous les fichiers',
  atProvider: 'Chez le fournisseur',
  here: 'Ici',
  cleanable: 'Plus nécessaires',
  sum: (count, size) => `${fileCount(count)}, ${size}`,
  filters: 'Filtres',
  search: 'Chercher un nom ou un identifiant',
  purpose: 'Contenu',
  purposes: { all: 'Tous les fichiers', batch: 'Entrées', batch_output: 'Résultats' },
  showNew: (count) => plural(count, 'Afficher {n} nouveau fichier', 'Afficher {n} nouveaux fichiers'),
  shown: (count) => plural(count, '{n} fichier affiché', '{n} fichiers affichés'),

  columns: {
    file: 'Fichier',
    content: 'Contenu',
    size: 'Taille',
    requests: 'Requêtes',
    created: 'Créé',
    expires: 'Expire',
    where: 'Emplacement',
    usedBy: 'Utilisé par',
    actions: 'Actions',
  },
  contents: { input: 'Entrée', output: 'Réponses', error: 'Erreurs', results: 'Résultats' },
  id: 'l’identifiant',
  unnamed: 'Nom inconnu',
  expiresIn: (time) => `dans ${time}`,
  expired: 'expiré',
  never: 'jamais',
  places: { provider: 'fournisseur', here: 'ici', gone: 'disparu' },
  more: (count) => plural(count, 'et {n} autre', 'et {n} autres'),
  many: 'et plus de 1 000 en tout',
  unused: 'rien',
  hindrances: {
    active_batch: 'Un batch le lit',
    waiting_submission: 'Il reste à envoyer',
    results_not_collected: 'Ses résultats ne sont pas encore ici',
    only_copy: 'Rien n’en est ici, et son batch en a besoin',
    job_in_progress: 'Son batch est en cours',
    kept: 'Son batch en est lu : supprimez le batch',
  },

  actionsOf: (name) => `Actions sur ${name}`,
  deletions: {
    provider: 'Supprimer chez le fournisseur',
    here: 'Supprimer ici',
    both: 'Supprimer aux deux endroits',
  },
  deleteQuestions,
  deleteHints: {
    provider: 'La copie ici reste, s’il y en a une.',
    here: 'Le fichier chez le fournisseur reste, tant qu’il l’a.',
    both: 'Il n’en restera rien, et c’est définitif.',
  },
  deleting: (name) => `Suppression de ${name}…`,
  deleted,

  cleanUp: 'Faire le ménage…',
  cleanUpTitle: 'Supprimer ce dont rien n’a besoin ?',
  cleanUpNothing: 'Il n’y a rien à supprimer : chaque fichier sert encore, ou vient d’ailleurs.',
  cleanUpHint:
    'Cela supprime les fichiers chez le fournisseur dont les batches ont pris fin et sont entièrement ici, et les copies ici qu’aucun batch n’utilise. Les batches gardent leurs requêtes et leurs résultats. C’est définitif.',
  cleanUpQuestion: (count, size) =>
    `${plural(count, '{n} fichier serait supprimé', '{n} fichiers seraient supprimés')}, soit ${size} de libérés.`,
  cleanUpNow: (count) => `Supprimer ${fileCount(count)}`,
  cleaning: 'Ménage en cours…',
  cleaned: (count, size) =>
    `${plural(count, '{n} fichier supprimé', '{n} fichiers supprimés')} : ${size} de libérés.`,
  notCleaned: (count, reason) =>
    `${plural(count, '{n} fichier n’a pas été supprimé', '{n} fichiers n’ont pas été supprimés')} : ${reason}`,

  none: 'Aucun fichier pour l’instant',
  noneHint: 'L’entrée d’un batch apparaît ici dès qu’il est confié, ses résultats quand il a pris fin.',
  noMatch: 'Aucun fichier ne correspond',
  noMatchHint: 'Cherchez un autre texte, ou affichez tous les fichiers.',
  showAll: 'Afficher tous les fichiers',
};
