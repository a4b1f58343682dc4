import type { Texts } from '../dictionary.ts';

/** What to do with an input that is more than a batch takes. */
const JOBS_TAKE_ALL = 'POST /api/jobs accepte des entrées de toute taille et les divise.';

/** French: what is wrong with an input, with the same places as in the catalog. */
export const issues: Texts['issues'] = {
  not_utf8: 'Cette ligne n’est pas de l’UTF-8 valide.',
  not_json: 'Cette ligne n’est pas du JSON valide.',
  not_json_at: 'Cette ligne n’est pas du JSON valide (colonne {column}).',
  nul_byte: 'Cette ligne n’est pas du JSON valide : elle contient un octet NUL (colonne {column}).',
  no_request: 'Cette requête n’est pas un objet JSON.',
  too_complex: 'Cette requête a plus de {limit} objets et listes.',
  line_too_large: 'Cette ligne dépasse les {limit} octets qu’une requête peut avoir.',

  missing: 'Le paramètre obligatoire « {param} » manque.',
  no_string: '« {param} » doit être un texte.',
  empty_string: '« {param} » doit être un texte d’au moins un caractère.',
  no_object: '« {param} » doit être un objet.',
  no_array: '« {param} » doit être une liste.',
  no_string_or_array: '« {param} » doit être un texte ou une liste.',
  unusable_custom_id: '« custom_id » contient un caractère NUL ou la moitié d’une paire de substitution.',
  wrong_method: 'La méthode doit être « POST ».',
  unknown_url: 'L’URL de cette requête n’est pas un endpoint de l’API Batch.',
  required: 'Le paramètre « {name} » est obligatoire.',
  streaming: 'L’API Batch n’accepte pas le streaming.',

  other_url: 'L’URL de cette requête n’est pas l’endpoint du batch.',
  duplicate_custom_id:
    'Le custom_id « {custom_id} » de cette requête est déjà celui de la requête à la ligne {first_line}. Il doit être unique pour chaque requête d’un {scope}.',
  other_model:
    'Le modèle « {model} » de cette requête n’est pas celui du reste du batch. Un batch contient des requêtes pour un seul modèle. POST /api/jobs accepte plusieurs modèles et les divise.',
  too_many_models:
    'Le modèle « {model} » de cette requête est de trop ; un job accepte au plus {limit} modèles.',
  too_many_inputs: 'Cette requête a {count} entrées d’embeddings ; un batch en accepte au plus {limit}.',

  empty_input: 'L’entrée est vide. Un {scope} doit contenir au moins une requête.',
  input_too_large: `L’entrée dépasse les {limit} octets qu’un batch accepte. ${JOBS_TAKE_ALL}`,
  too_many_requests: `L’entrée a {count} requêtes ; un batch en accepte au plus {limit}. ${JOBS_TAKE_ALL}`,
  too_many_inputs_in_all: `L’entrée a {count} entrées d’embeddings ; un batch en accepte au plus {limit}. ${JOBS_TAKE_ALL}`,
};
