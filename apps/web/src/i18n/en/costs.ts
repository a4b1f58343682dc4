import { createPlural } from '../plural.ts';

const plural = createPlural('en');

/** What the page says of costs, prices and budgets in English. */
export const costs = {
  cost: 'Cost',
  costAtOpenai: 'Cost at OpenAI',
  saved: 'saved',
  nothingBilled: 'The local provider bills nothing: this is what OpenAI would bill.',
  unpriced: (count: number) =>
    plural(count, '{n} batch without a known cost.', '{n} batches without a known cost.'),
  notBilled: 'Nothing is billed: this is what OpenAI would bill.',
  atLeast: (amount: string) => `at least ${amount}`,
  saves: (amount: string) => `saves ${amount}`,
  savedAmount: (amount: string) => `saved ${amount}`,
  unknownCosts: { cost: 'Unknown', price: 'Unknown price', usage: 'Unknown usage' },

  estimate: 'Estimate',
  estimating: 'Estimating…',
  estimateOffered: 'Long inputs are estimated when you ask for it.',
  estimateNow: 'Estimate the cost',
  estimateFailed: (reason: string) => `There is no estimate: ${reason}`,
  estimateCaption: 'What it would cost, in US dollars',
  estimateColumns: { low: 'At least', likely: 'Likely', high: 'At most' },
  estimateRows: { batch: 'As a batch', synchronous: 'As single calls', savings: 'Saved' },
  estimateSize: (requests: number, tokens: number, error: string | null) =>
    `${plural(requests, '{n} request', '{n} requests')}, ${plural(tokens, '{n} input token', '{n} input tokens')}${error ? ` (± ${error})` : ''}.`,
  answersLikely: (tokens: number) =>
    `Answers: likely ${plural(tokens, '{n} token', '{n} tokens')}, by what was answered before.`,
  answersUnknown: 'Nothing was answered before: how long answers are is not known.',
  answersCapped: (tokens: number) => `At most ${plural(tokens, '{n} token', '{n} tokens')}.`,
  answersUncapped: 'The requests set no limit to their answers.',
  noPriceOf: (model: string) => `No price of ${model} is known.`,
  noPriceTuned: (model: string) => `No price of the fine-tuned model ${model} is known.`,
  verdicts: {
    now: 'The provider has room for it now.',
    waits: 'The provider has no room for it until other batches have ended.',
    in_turns: 'More than the provider takes at once: it runs in parts, one after the other.',
    too_large: 'One request is larger than what the provider takes at once.',
    unknown: 'How much the provider takes at once is not known: sending it finds out.',
    paused: 'Nothing is sent to the provider for now.',
  },

  model: 'Model',
  actions: 'Actions',
  change: 'Change',
  remove: 'Remove',

  monthBudget: 'Budget of each month',
  budgetHint: 'What batches may cost in a month of UTC. One batch can have a budget of its own.',
  budgetReached: (committed: string, limit: string) =>
    `This month’s budget keeps batches from being sent: ${committed} of ${limit} are spent or committed.`,
  budgetHolds: (count: number) => plural(count, '{n} batch is held.', '{n} batches are held.'),
  budgetGoesOn: 'What would pass the limit is sent when the budget is raised, or next month.',
  changeBudget: 'Change the budget',
  spentInMonth: (month: string, spent: string) => `${month} (UTC): ${spent} spent. There is no budget.`,
  spentOfBudget: (month: string, spent: string, limit: string) =>
    `${month} (UTC): ${spent} of ${limit} spent.`,
  committed: (amount: string) => `With the batches under way it will be about ${amount}.`,
  budgetStates: {
    ok: 'Within the budget.',
    warned: 'The share to be warned of is passed.',
    reached: 'The budget is reached.',
  },
  budgetLimit: 'Limit (US dollars)',
  budgetWarn: 'Warn at (% of the limit)',
  atLimit: 'At the limit',
  atLimits: {
    hold: 'Hold what would pass it, until the limit is raised',
    warn: 'Only warn',
  },
  noLimit: 'Enter an amount above zero.',
  noShare: 'Enter a share above 0 and up to 100 %.',
  budgetSaved: 'The budget is saved.',
  budgetRemoved: 'There is no budget any more.',
  removeBudget: 'Remove the budget',

  pricesHint: 'US dollars for 1,000,000 tokens without a batch; a batch costs the share of it.',
  builtInRead: (day: string) => `The built-in prices were read on ${day}.`,
  filterPrices: 'Filter by model',
  noPriceMatches: 'No model matches',
  noPriceMatchesHint: 'Filter by another name, or add a price of your own.',
  addPrice: 'Add a price',
  importPrices: 'Import prices',
  exportPrices: 'Export as JSON',
  priceInput: 'Input',
  priceCached: 'Cached input',
  priceOutput: 'Output',
  share: 'Batch share',
  since: 'Since',
  origin: 'Origin',
  always: 'always',
  likeInput: 'as input',
  origins: { built_in: 'Built in', own: 'Own' },
  longContext: (tokens: number, input: string, output: string) =>
    `Above ${plural(tokens, '{n} input token', '{n} input tokens')}: input × ${input}, output × ${output}`,
  changePriceOf: (model: string) => `Change the price of ${model}`,
  modelHint: 'Without its date: gpt-4o-mini. A fine-tuned model by its full name, ft:…',
  perMillion: 'US dollars for 1,000,000 tokens:',
  sharePercent: 'A batch costs (% of that)',
  sinceDay: 'Holds since (day in UTC)',
  longInputs: 'Long inputs cost more',
  aboveTokens: 'Above (input tokens)',
  inputTimes: 'Input times',
  outputTimes: 'Output times',
  priceProblems: {
    no_model: 'Name the model.',
    no_number: 'Enter a number, zero or more.',
    above_input: 'Cached input costs no more than input.',
  },
  priceSaved: (model: string) =>
    `The price of ${model} is saved. What was costed before keeps its cost until it is costed again.`,
  removePriceOf: (model: string) => `Remove your price of ${model}?`,
  removePriceHint:
    'A built-in price of the model holds again, if there is one. What was costed stays as it is.',
  removingPrice: (model: string) => `Removing your price of ${model}…`,
  priceRemoved: (model: string) => `Your price of ${model} is removed.`,

  priceFile: 'File',
  priceFileHint: 'What an export wrote, or a JSON list of prices.',
  fileProblems: {
    not_json: 'This file is not JSON. Choose one that an export wrote.',
    no_list: 'There is no list of prices in this file.',
  },
  elementWithoutModel: (element: number) => `Price ${element} of the file names no model.`,
  elementAt: (element: number, model: string) => `Price ${element} of the file (${model})`,
  replaceAll: 'Remove my prices that are not in the file',
  changeCount: (count: number) =>
    count === 0 ? 'Nothing changes.' : plural(count, '{n} price changes:', '{n} prices change:'),
  changeKinds: { added: 'Added', changed: 'Changed', removed: 'Removed' },
  inOut: (input: string, output: string) => `input ${input}, output ${output}`,
  moreChanges: (count: number) => plural(count, 'and {n} more', 'and {n} more'),
  importNow: 'Import',
  imported: (count: number) => plural(count, '{n} price was imported.', '{n} prices were imported.'),

  recost: 'Cost again…',
  recostQuestion: 'Cost batches again?',
  recostHint:
    'Each batch is costed with the price that is known now for the day it was created. What it cost so far is replaced, where such a price is known.',
  onlyModel: 'Only of this model',
  onlySince: 'Only created since (day in UTC)',
  recostNow: 'Cost again',
  recosting: 'Costing…',
  recosted: (batches: number, changed: number) =>
    `${plural(batches, '{n} batch was costed again', '{n} batches were costed again')}; ${plural(changed, '{n} costs something else now.', '{n} cost something else now.')}`,
};
