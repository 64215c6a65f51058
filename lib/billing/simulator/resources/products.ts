import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';
import { mergeMetadata } from './merge-metadata';

export interface ProductParams {
  id?: string;
  name?: string;
  description?: string;
  active?: boolean;
  metadata?: Metadata | '';
}

export function buildProduct(sim: Simulator, params: ProductParams) {
  return {
    id: params.id ?? sim.newId('prod'),
    object: 'product' as const,
    active: params.active ?? true,
    created: sim.nowS(),
    default_price: null,
    description: params.description ?? null,
    images: [] as string[],
    livemode: false as const,
    marketing_features: [] as { name: string }[],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? '',
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service' as const,
    unit_label: null,
    updated: sim.nowS(),
    url: null,
  };
}

export type Product = ReturnType<typeof buildProduct>;

export const createProduct: Handler = (sim, params) => {
  const product = buildProduct(sim, params as ProductParams);
  if (sim.state.products[product.id]) throw invalidRequest(`Product already exists: ${product.id}`, 'id', 'resource_already_exists');
  sim.state.products[product.id] = product;
  sim.touch();
  sim.emit('product.created', product);
  return product;
};

export const retrieveProduct: Handler = (sim, _params, id) => getProduct(sim, id, 'id');

export const updateProduct: Handler = (sim, params, id) => {
  const product = getProduct(sim, id, 'id');
  const { name, description, active, metadata } = params as ProductParams;
  if (name !== undefined) product.name = name;
  if (description !== undefined) product.description = description;
  if (active !== undefined) product.active = active;
  product.metadata = mergeMetadata(product.metadata, metadata);
  product.updated = sim.nowS();
  sim.touch();
  sim.emit('product.updated', product);
  return product;
};

export const listProducts: Handler = (sim, params) => {
  const { active, ids } = params as { active?: boolean; ids?: string[] };
  const found = Object.values(sim.state.products).filter(
    (product) => (active === undefined || product.active === active) && (!ids || ids.includes(product.id)),
  );
  return listPage(found, params, '/v1/products');
};

export function getProduct(sim: Simulator, id: string, param = 'product'): Product {
  const product = sim.state.products[id];
  if (!product) throw resourceMissing('product', id, param);
  return product;
}
