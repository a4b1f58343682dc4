import type { Texts } from '../dictionary.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('fr');

/** What the page says of costs, prices and budgets in French. */
export const costs: Texts['costs'] = {
  cost: 'Coût',
  costAtOpenai: 'Coût chez OpenAI',
  saved: 'économisés',
  nothingBilled: 'Le fournisseur local ne facture rien : c’est ce qu’OpenAI facturerait.',
  unpriced: (count) => plural(count, '{n} batch sans coût connu.', '{n} batches sans coût connu.'),
  notBilled: 'Rien n’est facturé : c’est ce qu’OpenAI facturerait.',
  atLeast: (amount) => `au moins ${amount}`,
  saves: (amount) => `économise ${amount}`,
  savedAmount: (amount) => `${amount} économisés`,
  unknownCosts: { cost: 'Inconnu', price: 'Prix inconnu', usage: 'Consommation inconnue' },

  estimate: 'Estimation',
  estimating: 'Estimation…',
  estimateOffered: 'Les longues entrées sont estimées sur demande.',
  estimateNow: 'Estimer le coût',
  estimateFailed: (reason) => `Il n’y a pas d’estimation : ${reason}`,
  estimateCaption: 'Ce que cela coûterait, en dollars US',
  estimateColumns: { low: 'Au moins', likely: 'Probable', high: 'Au plus' },
  estimateRows: { batch: 'En batch', synchronous: 'En appels simples', savings: 'Économie' },
  estimateSize: (requests, tokens, error) =>
    `${plural(requests, '{n} requête', '{n} requêtes')}, ${plural(tokens, '{n} token en entrée', '{n} tokens en entrée')}${error ? ` (± ${error})` : ''}.`,
  answersLikely: (tokens) =>
    `Réponses : probablement ${plural(tokens, '{n} token', '{n} tokens')}, d’après les réponses précédentes.`,
  answersUnknown: 'Il n’y a pas de réponse précédente : la longueur des réponses n’est pas connue.',
  answersCapped: (tokens) => `Au plus ${plural(tokens, '{n} token', '{n} tokens')}.`,
  answersUncapped: 'Les requêtes ne limitent pas leurs réponses.',
  noPriceOf: (model) => `Aucun prix de ${model} n’est connu.`,
  noPriceTuned: (model) => `Aucun prix du modèle affiné ${model} n’est connu.`,
  verdicts: {
    now: 'Le fournisseur a de la place maintenant.',
    waits: 'Le fournisseur n’aura de place qu’une fois d’autres batches terminés.',
    in_turns: 'Plus que le fournisseur n’accepte à la fois : cela passe en parties, l’une après l’autre.',
    too_large: 'Une requête est plus grande que ce que le fournisseur accepte à la fois.',
    unknown: 'Ce que le fournisseur accepte à la fois n’est pas connu : l’envoi le dira.',
    paused: 'Rien n’est envoyé au fournisseur pour l’instant.',
  },

  model: 'Modèle',
  actions: 'Actions',
  change: 'Modifier',
  remove: 'Supprimer',

  monthBudget: 'Budget de chaque mois',
  budgetHint: 'Ce que les batches peuvent coûter en un mois UTC. Un batch peut avoir un budget à lui.',
  budgetReached: (committed, limit) =>
    `Le budget de ce mois empêche l’envoi de batches : ${committed} sur ${limit} sont dépensés ou engagés.`,
  budgetHolds: (count) => plural(count, '{n} batch est retenu.', '{n} batches sont retenus.'),
  budgetGoesOn:
    'Ce qui dépasserait la limite sera envoyé quand le budget sera augmenté, ou le mois prochain.',
  changeBudget: 'Modifier le budget',
  spentInMonth: (month, spent) => `En ${month} (UTC) : ${spent} dépensés. Il n’y a pas de budget.`,
  spentOfBudget: (month, spent, limit) => `En ${month} (UTC) : ${spent} dépensés sur ${limit}.`,
  committed: (amount) => `Avec les batches en cours, ce sera environ ${amount}.`,
  budgetStates: {
    ok: 'Dans les limites du budget.',
    warned: 'La part qui déclenche l’avertissement est dépassée.',
    reached: 'Le budget est atteint.',
  },
  budgetLimit: 'Limite (dollars US)',
  budgetWarn: 'Avertir à (% de la limite)',
  atLimit: 'À la limite',
  atLimits: {
    hold: 'Retenir ce qui la dépasserait, jusqu’à ce qu’elle soit augmentée',
    warn: 'Seulement avertir',
  },
  noLimit: 'Saisissez un montant supérieur à zéro.',
  noShare: 'Saisissez une part supérieure à 0 et d’au plus 100 %.',
  budgetSaved: 'Le budget est enregistré.',
  budgetRemoved: 'Il n’y a plus de budget.',
  removeBudget: 'Supprimer le budget',

  pricesHint: 'Dollars US pour 1 000 000 tokens sans batch ; un batch en coûte la part indiquée.',
  builtInRead: (day) => `Les prix intégrés ont été relevés le ${day}.`,
  filterPrices: 'Filtrer par modèle',
  noPriceMatches: 'Aucun modèle ne correspond',
  noPriceMatchesHint: 'Filtrez par un autre nom, ou ajoutez un prix à vous.',
  addPrice: 'Ajouter un prix',
  importPrices: 'Importer des prix',
  exportPrices: 'Exporter en JSON',
  priceInput: 'Entrée',
  priceCached: 'Entrée en cache',
  priceOutput: 'Sortie',
  share: 'Part en batch',
  since: 'Depuis',
  origin: 'Origine',
  always: 'toujours',
  likeInput: 'comme l’entrée',
  origins: { built_in: 'Intégré', own: 'Personnel' },
  longContext: (tokens, input, output) =>
    `Au-delà de ${plural(tokens, '{n} token en entrée', '{n} tokens en entrée')} : entrée × ${input}, sortie × ${output}`,
  changePriceOf: (model) => `Modifier le prix de ${model}`,
  modelHint: 'Sans sa date : gpt-4o-mini. Un modèle affiné par son nom complet, ft:…',
  perMillion: 'Dollars US pour 1 000 000 tokens :',
  sharePercent: 'Un batch coûte (% de cela)',
  sinceDay: 'Valable depuis (jour UTC)',
  longInputs: 'Les longues entrées coûtent plus',
  aboveTokens: 'Au-delà de (tokens en entrée)',
  inputTimes: 'Entrée fois',
  outputTimes: 'Sortie fois',
  priceProblems: {
    no_model: 'Indiquez le modèle.',
    no_number: 'Saisissez un nombre, zéro ou plus.',
    above_input: 'L’entrée en cache ne coûte pas plus que l’entrée.',
  },
  priceSaved: (model) =>
    `Le prix de ${model} est enregistré. Les coûts déjà calculés restent jusqu’à ce qu’ils soient recalculés.`,
  removePriceOf: (model) => `Supprimer votre prix de ${model} ?`,
  removePriceHint:
    'Un prix intégré du modèle vaut de nouveau, s’il y en a un. Les coûts déjà calculés restent tels quels.',
  removingPrice: (model) => `Suppression de votre prix de ${model}…`,
  priceRemoved: (model) => `Votre prix de ${model} est supprimé.`,

  priceFile: 'Fichier',
  priceFileHint: 'Ce qu’un export a écrit, ou une liste de prix en JSON.',
  fileProblems: {
    not_json: 'Ce fichier n’est pas du JSON. Choisissez-en un qu’un export a écrit.',
    no_list: 'Il n’y a pas de liste de prix dans ce fichier.',
  },
  elementWithoutModel: (element) => `Le prix ${element} du fichier n’indique aucun modèle.`,
  elementAt: (element, model) => `Le prix ${element} du fichier (${model})`,
  replaceAll: 'Supprimer mes prix qui ne sont pas dans le fichier',
  changeCount: (count) =>
    count === 0 ? 'Rien ne change.' : plural(count, '{n} prix change :', '{n} prix changent :'),
  changeKinds: { added: 'Ajouté', changed: 'Modifié', removed: 'Supprimé' },
  inOut: (input, output) => `entrée ${input}, sortie ${output}`,
  moreChanges: (count) => plural(count, 'et {n} autre', 'et {n} autres'),
  importNow: 'Importer',
  imported: (count) => plural(count, '{n} prix a été importé.', '{n} prix ont été importés.'),

  recost: 'Recalculer les coûts…',
  recostQuestion: 'Recalculer le coût des batches ?',
  recostHint:
    'Chaque batch est recalculé avec le prix connu maintenant pour le jour de sa création. Son coût d’avant est remplacé, si un tel prix est connu.',
  onlyModel: 'Seulement de ce modèle',
  onlySince: 'Seulement créés depuis (jour UTC)',
  recostNow: 'Recalculer',
  recosting: 'Calcul…',
  recosted: (batches, changed) =>
    `${plural(batches, '{n} batch recalculé', '{n} batches recalculés')} ; ${plural(changed, '{n} coûte autre chose maintenant.', '{n} coûtent autre chose maintenant.')}`,
};
