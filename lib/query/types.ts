/** The shapes the console's API answers with, for components (which never import services). */
export type { AliasJson, Availability, ModelCatalogue, ModelJson } from '@/lib/services/models/list-models';
export type { Checklist, Overview } from '@/lib/services/overview/overview';
export type { AttemptJson, BodyJson, RequestDetailJson } from '@/lib/services/requests/get-request';
export type { RequestPage } from '@/lib/services/requests/list-requests';
export type { CountedField, RequestCounts } from '@/lib/services/requests/request-counts';
export type { Facet, RequestFacets } from '@/lib/services/requests/request-facets';
export type { RequestStatus } from '@/lib/services/requests/request-filters';
export type { HistogramBar, RequestHistogram } from '@/lib/services/requests/request-histogram';
export type { CostLineJson, RequestJson, UsageJson } from '@/lib/services/requests/request-json';
export type { LatencyGroup, LatencyPoint, UsageLatency } from '@/lib/services/usage/usage-latency';
export type { AttemptKind } from '@/lib/services/usage/usage-attempts';
export type { HourUsage, UsageHours } from '@/lib/services/usage/usage-hours';
export type { SimpleUsage } from '@/lib/services/usage/usage-simple';
export type { UsageGroup } from '@/lib/services/usage/usage-groups';
export type { UsageSeries, UsageSeriesGroup } from '@/lib/services/usage/usage-series';
export type { UsageSums } from '@/lib/services/usage/usage-sums';
