'use server';

import { action } from '@/lib/http/action';
import { deletePreset, PresetIdInput, SavePresetInput, savePreset } from '@/lib/services/presets/presets';

export const savePresetAction = action(SavePresetInput, savePreset);
export const deletePresetAction = action(PresetIdInput, deletePreset);
