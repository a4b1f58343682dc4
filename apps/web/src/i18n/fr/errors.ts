import type { ErrorCode } from '@batchdesk/shared';

/** The sentences of the error catalog in French, with the same places. */
export const ERRORS_FR: Record<ErrorCode, string> = {
  invalid_json:
    'Le corps n’est pas du JSON valide à la position {position} (ligne {line}, colonne {column}). Corrigez-le et renvoyez-le.',
  missing_required_parameter: '{param} manque. Ajoutez-le et renvoyez la requête.',
  invalid_value: '{param} n’est pas valide : {reason}',
  unknown_parameter: '{param} n’est pas un paramètre ici. Retirez-le ou corrigez son nom.',
  conflicting_parameters: 'Envoyez soit {first}, soit {second}, pas les deux.',
  invalid_input:
    'L’entrée a {count} problème(s) ; rien n’a été envoyé. Le premier : {reason} Corrigez ce que issues énumère et renvoyez-la.',
  no_file: 'Aucun fichier n’a été envoyé. Envoyez du multipart/form-data avec une partie nommée « file ».',
  upload_incomplete: 'L’envoi s’est arrêté avant la fin du fichier. Rien n’a été gardé ; renvoyez-le.',
  provider_rejected: 'Le fournisseur a refusé : {reason}',
  unauthorized:
    'Ce serveur demande son jeton d’API. Envoyez-le sous la forme « Authorization: Bearer … », ou connectez-vous sur la page.',
  host_not_allowed:
    'L’hôte {host} n’est pas de ce serveur. Utilisez localhost, ou définissez API_TOKEN pour servir d’autres noms.',
  origin_not_allowed:
    'Les requêtes venant de pages d’autres sites sont refusées. Utilisez la page de ce serveur.',
  route_not_found: 'Il n’y a rien à {method} {path}. Les endpoints sont décrits sur /docs.',
  batch_not_found:
    'Aucun batch n’a l’identifiant « {batch_id} ». Vérifiez l’identifiant, ou listez les batches.',
  file_not_found:
    'Aucun fichier n’a l’identifiant « {file_id} ». Envoyez-le d’abord, ou vérifiez l’identifiant.',
  job_not_found: 'Aucun job n’a l’identifiant « {job_id} ». Vérifiez l’identifiant, ou listez les jobs.',
  file_in_use:
    'Le job {job_id} a encore besoin du fichier {file_id}. Attendez qu’il soit terminé et que ses résultats soient ici, puis réessayez.',
  file_kept:
    'Le job {job_id} se lit dans la copie du fichier {file_id} qui est ici. Supprimez le job pour supprimer la copie, ou, avec where=provider, le seul fichier chez le fournisseur.',
  file_only_copy:
    'Il n’y a pas de copie ici du fichier {file_id}, dans lequel le job {job_id} se lit. Ouvrez d’abord les requêtes et les résultats du job, ce qui les copie, ou supprimez le job avec ses fichiers chez le fournisseur.',
  file_elsewhere:
    'Le fichier {file_id} est chez le fournisseur {provider}, et ce serveur travaille avec un autre. Démarrez-le avec ce fournisseur, puis réessayez.',
  file_deleting:
    'Le fichier {file_id} est en cours de suppression, ou a été supprimé. Envoyez-le de nouveau, et utilisez l’identifiant du nouveau fichier.',
  file_expired: 'Le fournisseur a supprimé le fichier {file_id}, et aucune copie n’a été gardée ici.',
  job_not_cancellable: 'Le job {job_id} est {status} et ne peut plus être annulé.',
  job_stopped: 'Le job {job_id} a été annulé avant la création de son batch. Rien n’a été envoyé.',
  job_not_finished:
    'Le job {job_id} est {status}. Annulez-le ou attendez qu’il soit terminé, puis réessayez.',
  job_results_not_ready:
    'Le job {job_id} n’a pas encore de résultats : aucun de ses batches n’est terminé. Réessayez plus tard.',
  nothing_to_retry:
    'Le job {job_id} n’a aucune requête à relancer : toutes celles qui correspondent ont réussi ou sont en cours.',
  idempotency_key_reused:
    'Cette Idempotency-Key a servi à une autre requête. Prenez une nouvelle clé, ou renvoyez ce qui a été envoyé la première fois.',
  idempotency_key_in_use:
    'La première requête avec cette Idempotency-Key est encore en cours. Attendez un peu et renvoyez-la.',
  results_not_ready:
    'Le batch {batch_id} est {status} : ses résultats ne sont pas encore là. Réessayez plus tard.',
  results_unavailable:
    'Le batch {batch_id} est {status} et n’a pas de résultats : aucune de ses requêtes n’a été traitée.',
  results_expired:
    'Le fournisseur a supprimé les résultats du batch {batch_id}, et aucune copie n’a été gardée ici.',
  input_expired:
    'Le fournisseur a supprimé le fichier d’entrée du batch {batch_id}, et aucune copie n’a été gardée ici : ses requêtes ne sont pas connues. Ses fichiers se téléchargent toujours avec type=output et type=error.',
  batch_not_cancellable: 'Le batch {batch_id} est {status} et ne peut plus être annulé.',
  payload_too_large: 'Le corps dépasse les {max_bytes} octets autorisés ici. Envoyez-en moins à la fois.',
  range_not_satisfiable:
    'Le fichier a {bytes} octets : la partie demandée est au-delà de sa fin. Demandez-en moins.',
  unsupported_media_type:
    'Cette route accepte {expected}. Mettez dans l’en-tête Content-Type ce que vous envoyez.',
  rate_limited: 'Le fournisseur demande de ralentir. Attendez un peu et renvoyez la requête.',
  budget_exceeded:
    'Avec ce batch, le mois coûterait environ {expected} dollars, et le budget est de {limit}. Augmentez le budget, ou confiez le batch comme job, qui attend : POST /api/jobs.',
  too_many_groups: 'Plus de {max_groups} groupes correspondent. Restreignez avec from et to.',
  insufficient_quota:
    'Le compte du fournisseur n’a plus de quota, ou sa facturation est désactivée. Réglez cela chez le fournisseur, puis réessayez.',
  internal_error:
    'Une erreur s’est produite sur ce serveur. Cherchez l’identifiant de la requête dans son journal.',
  provider_error: 'Le fournisseur n’a pas répondu correctement. Rien n’est perdu ; réessayez.',
  provider_unreachable: 'Le fournisseur est injoignable. Vérifiez la connexion et réessayez.',
  provider_unauthorized: 'Le fournisseur n’accepte pas la clé API. Corrigez OPENAI_API_KEY et redémarrez.',
  submission_unconfirmed:
    'Le fournisseur n’a pas confirmé le batch. Ne le renvoyez pas : il continue de lui-même, c’est le job {job_id}.',
  api_key_not_configured:
    'Clé API non configurée (API key not configured). Définissez OPENAI_API_KEY dans .env et redémarrez, ou retirez PROVIDER pour utiliser le fournisseur local.',
  webhook_not_configured:
    'Les webhooks ne sont pas acceptés : mettez dans OPENAI_WEBHOOK_SECRET (.env) le secret du point d’accès et redémarrez.',
  webhook_invalid:
    'La signature de ce webhook n’est pas bonne. Vérifiez OPENAI_WEBHOOK_SECRET et l’horloge de ce serveur.',
  database_busy:
    'La base de données est verrouillée par un autre programme. Rien n’est perdu ; fermez ce programme et renvoyez la requête.',
  storage_full:
    'Le disque de ce serveur est plein. Rien n’a été gardé ; libérez de la place et renvoyez la requête.',
};
