export { messagesSuite } from './messages';
export { responsesSuite } from './responses';
