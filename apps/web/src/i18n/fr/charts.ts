import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');

/** French: the charts over time. */
export const charts: Texts['charts'] = {
  title: 'Au fil du temps',
  range: 'Période',
  ranges: { '7d': '7 jours', '30d': '30 jours', '90d': '13 semaines', '12m': '12 mois' },
  times: { day: 'Jour (UTC)', week: 'Semaine (UTC)', month: 'Mois (UTC)' },
  weekOf: (day) => `Semaine du ${day}`,
  ofLocal: 'Batches du fournisseur local, selon leur date de création (UTC).',
  ofOpenai: 'Batches chez le fournisseur, selon leur date de création (UTC).',
  unpriced: (count) =>
    plural(
      count,
      'Le coût de {n} batch n’est pas connu et n’y figure pas.',
      'Les coûts de {n} batches ne sont pas connus et n’y figurent pas.',
    ),
  requests: 'Requêtes',
  succeeded: 'Réussies',
  failed: 'Échouées',
  unanswered: 'Sans réponse',
  cost: 'Coût',
  costAtOpenai: 'Coût chez OpenAI',
  asBatch: 'En batches',
  asCalls: 'En appels simples',
  tokens: 'Tokens',
  input: 'Entrée',
  output: 'Sortie',
  timeToCompletion: 'Délai jusqu’à la fin',
  median: 'Médiane',
  p95: '95 sur 100 en',
  empty: 'Rien sur cette période.',
  menuOf: (title) => `Graphique « ${title} » : plus`,
  showTable: 'Afficher en tableau',
  showChart: 'Afficher en graphique',
  downloadCsv: 'Télécharger en CSV',
  downloadPng: 'Télécharger en PNG',
};
