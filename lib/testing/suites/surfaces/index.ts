export { edgesSuite } from './edges';
export { leavingSuite } from './leaving';
export { mediaSuite } from './media';
export { messagesSuite } from './messages';
export { responsesSuite } from './responses';
