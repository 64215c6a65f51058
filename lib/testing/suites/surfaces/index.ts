export { mediaSuite } from './media';
export { messagesSuite } from './messages';
export { responsesSuite } from './responses';
