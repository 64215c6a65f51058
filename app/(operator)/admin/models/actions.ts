'use server';

import { operatorAction } from '@/lib/http/action';
import { RemoveModelInput, removeModel, SaveModelInput, saveModel } from '@/lib/services/operator/models/save-model';
import { SetPriceInput, setPrice } from '@/lib/services/operator/models/set-price';

export const saveModelAction = operatorAction(SaveModelInput, saveModel);
export const removeModelAction = operatorAction(RemoveModelInput, removeModel);
export const setPriceAction = operatorAction(SetPriceInput, setPrice);
