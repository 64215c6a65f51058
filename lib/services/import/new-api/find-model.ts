import { CATALOGUE, type CatalogueModel } from '@/lib/catalog';

const BY_NAME = new Map(CATALOGUE.map((model) => [model.id, model]));

/** What our catalogue knows of a model, whoever serves it. */
export function findModelByName(name: string): CatalogueModel | null {
  return BY_NAME.get(name) ?? null;
}
