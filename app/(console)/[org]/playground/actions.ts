'use server';

import { action } from '@/lib/http/action';
import { LendKeyInput, lendKey } from '@/lib/services/playground/lend-key';

export const lendKeyAction = action(LendKeyInput, lendKey);
