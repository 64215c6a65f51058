'use server';

import { operatorAction } from '@/lib/http/action';
import { PlatformDenyInput, savePlatformDeny } from '@/lib/services/access/platform-deny';

export const savePlatformDenyAction = operatorAction(PlatformDenyInput, savePlatformDeny);
