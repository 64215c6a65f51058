export { privateKeysFrom, publicKeyFrom, SealError, type SealPrivateKey, seal, sealedKeyId, unseal } from './seal';
