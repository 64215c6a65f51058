export { responsesSuite } from './responses';
