'use server';

import { action } from '@/lib/http/action';
import { listPresetVersions, PresetVersionInput, restorePresetVersion } from '@/lib/services/presets/preset-versions';
import { deletePreset, PresetIdInput, SavePresetInput, savePreset } from '@/lib/services/presets/presets';

export const savePresetAction = action(SavePresetInput, savePreset);
export const deletePresetAction = action(PresetIdInput, deletePreset);
export const listPresetVersionsAction = action(PresetIdInput, listPresetVersions);
export const restorePresetVersionAction = action(PresetVersionInput, restorePresetVersion);
