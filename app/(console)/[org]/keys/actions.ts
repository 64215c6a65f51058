'use server';

import { action } from '@/lib/http/action';
import { CreateKeyInput, createKey } from '@/lib/services/keys/create-key';
import { RevokeKeyInput, revokeKey } from '@/lib/services/keys/revoke-key';
import { RotateKeyInput, rotateKey } from '@/lib/services/keys/rotate-key';
import { UpdateKeyInput, updateKey } from '@/lib/services/keys/update-key';

export const createKeyAction = action(CreateKeyInput, createKey);
export const revokeKeyAction = action(RevokeKeyInput, revokeKey);
export const updateKeyAction = action(UpdateKeyInput, updateKey);
export const rotateKeyAction = action(RotateKeyInput, rotateKey);
