export { type CardRow, type CompiledCard, compileCard, type Rates, type RatesRow, scaleCard, type TierRow } from './card';
export { CATALOGUE, type CatalogueCard, type CatalogueModel, catalogueCard, findCatalogueModel } from './catalogue';
export { type CostItem, type CostLine, ceiling, type Price, price } from './price';
export type { PriceWindowRow } from './window';
