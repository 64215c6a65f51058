'use server';

import { operatorAction } from '@/lib/http/action';
import { RerateInput, rerate } from '@/lib/services/operator/rerate/rerate';

export const rerateAction = operatorAction(RerateInput, rerate);
