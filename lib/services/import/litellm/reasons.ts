/** Why a field of a LiteLLM configuration has no place here, by where it stands; the first that matches holds. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^environment_variables\./, 'variables are set in the environment of the product, not in fairlead.yaml; set it before applying'],
  [/\.content_policy_fallbacks/, "a provider's refusal of the content is passed on to the caller, not tried elsewhere"],
  [/^general_settings\.master_key$/, 'keys are made here: fairlead key create --operator --management'],
  [/^general_settings\.(database_|allow_requests_on_db_unavailable)/, 'the database is named by DATABASE_URL'],
  [/\.(redis_|cache_params|cache$)/, 'REDIS_URL is for several processes; answers are not cached'],
  [
    /\.(success_callback|failure_callback|callbacks|service_callbacks|langfuse_)/,
    'requests are in the console and in the management API; OTEL_EXPORTER_OTLP_ENDPOINT exports traces',
  ],
  [/\.(alerting|alerting_threshold|alerting_args|alert_types)/, 'alerts are rules with channels: /[org]/alerts, POST /api/v1/alerts'],
  [/^litellm_settings\.(guardrails|prompt)|^guardrails/, 'guardrails run before or behind the gateway'],
  [/\.(retry_policy|allowed_fails_policy|model_group_retry_policy)/, 'what is retried follows from the kind of the failure; retries are set per target'],
  [/\.(drop_params|modify_params|additional_drop_params)/, 'parameters that a provider does not take are renamed or removed per provider already'],
  [/\.(num_workers|max_parallel_requests|global_max_parallel_requests)/, 'WORKERS sets the processes; callers are limited by key and plan'],
  [/\.health_check|\.background_health_checks/, 'health comes from the calls themselves and from the breaker'],
  [/\.(enable_jwt_auth|litellm_jwtauth|custom_auth|enable_oauth2)/, 'callers use API keys'],
  [
    /^(files_settings|finetune_settings|vector_store_settings|mcp_servers|pass_through_endpoints|general_settings\.pass_through_endpoints)/,
    'these endpoints are not served',
  ],
  [/\.default_team_settings/, 'logging per team is the console’s; organizations are made with fairlead org create'],
  [/^litellm_settings\.request_timeout$/, 'router_settings.timeout comes first'],
  [/enable_pre_call_checks$/, "a call that does not fit a target's context goes to the next one by itself"],
  [/\.hidden$/, 'what a key may call, it also sees'],
  [/\.user_role$/, 'people have roles in their organization'],
  [/model_info\.id$/, 'models are named here by the alias and its targets'],
  [/model_info\.(access_groups|team_id|created_)/, 'who may call a model is said by plans and keys'],
];

export function reasonOf(path: string): string {
  return REASONS.find(([pattern]) => pattern.test(path))?.[1] ?? 'Fairlead has no such setting';
}
