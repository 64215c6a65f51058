'use server';

import { action } from '@/lib/http/action';
import { removeSharedView, SharedViewIdInput, ShareViewInput, shareView } from '@/lib/services/requests/shared-views';

export const shareViewAction = action(ShareViewInput, shareView);
export const removeSharedViewAction = action(SharedViewIdInput, removeSharedView);
