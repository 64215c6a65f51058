'use server';

import { operatorAction } from '@/lib/http/action';
import { ReplayEventInput, replayStripeEvent } from '@/lib/services/operator/billing/stripe-events';

export const replayEventAction = operatorAction(ReplayEventInput, replayStripeEvent);
