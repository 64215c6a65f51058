import type { RatesRow, TierRow } from './card';
import anthropic from './data/anthropic.json';
import cohere from './data/cohere.json';
import deepseek from './data/deepseek.json';
import doubao from './data/doubao.json';
import fireworks from './data/fireworks.json';
import gemini from './data/gemini.json';
import glm from './data/glm.json';
import groq from './data/groq.json';
import kimi from './data/kimi.json';
import minimax from './data/minimax.json';
import mistral from './data/mistral.json';
import openai from './data/openai.json';
import qwen from './data/qwen.json';
import siliconflow from './data/siliconflow.json';
import together from './data/together.json';
import xai from './data/xai.json';
import { publishedModel } from './published-prices';

/** A list price of a provider, from a named source on a named day. Prices drift: it is where an operator starts, not the truth. */
export interface CatalogueCard {
  currency: string;
  /** The name of the adapter's endpoint that this price belongs to; absent where the provider has one list. */
  region?: string;
  effectiveFrom: string;
  rates: RatesRow;
  tiers?: TierRow[];
  /** Dollars for one unit of `currency`, with its own source and day. */
  fxRate?: string;
  fxSource?: string;
  fxDate?: string;
  source: string;
  checkedAt: string;
}

export interface CatalogueModel {
  /** The name the provider knows the model by. */
  id: string;
  adapter: string;
  displayName: string;
  kind: string;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  capabilities: string[];
  cards: CatalogueCard[];
}

interface CatalogueFile {
  adapter: string;
  models: Omit<CatalogueModel, 'adapter'>[];
}

const FILES = [openai, deepseek, qwen, kimi, glm, doubao, anthropic, gemini, mistral, xai, groq, together, fireworks, minimax, siliconflow, cohere] as CatalogueFile[];

/** Models that we know a published price of, by adapter. */
export const CATALOGUE: readonly CatalogueModel[] = FILES.flatMap(({ adapter, models }) => models.map((model) => ({ ...model, adapter })));

const BY_NAME = new Map(CATALOGUE.map((model) => [`${model.adapter}/${model.id}`, model]));

/** What is known of a provider's model: our own catalogue first, then the published prices of Western providers. Null: nothing. */
export function findCatalogueModel(adapter: string, upstreamModel: string): CatalogueModel | null {
  return BY_NAME.get(`${adapter}/${upstreamModel}`) ?? publishedModel(adapter, upstreamModel);
}

/** The price at an endpoint of the adapter: the region's own, else the first. */
export function catalogueCard(model: CatalogueModel, region: string | null): CatalogueCard | null {
  return model.cards.find((card) => card.region === region) ?? model.cards[0] ?? null;
}
