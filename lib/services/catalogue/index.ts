export { seedCatalogue } from './seed-catalogue';
export { DEMO_PROVIDER_ID, STARTER_ALIASES, STARTER_MODELS, STARTER_PLANS, STARTER_SETTINGS } from './starter';
