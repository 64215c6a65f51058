'use server';

import { operatorAction } from '@/lib/http/action';
import { ReconcileInput, RefundPaymentInput, reconcileNow, refundPayment, ResolveAlertInput, resolveAlert } from '@/lib/services/operator/billing/billing-report';
import { CreateCodeInput, createCode, DisableCodeInput, disableCode } from '@/lib/services/operator/billing/redemption-codes';

export const refundPaymentAction = operatorAction(RefundPaymentInput, refundPayment);
export const resolveAlertAction = operatorAction(ResolveAlertInput, resolveAlert);
export const reconcileAction = operatorAction(ReconcileInput, reconcileNow);
export const createCodeAction = operatorAction(CreateCodeInput, createCode);
export const disableCodeAction = operatorAction(DisableCodeInput, disableCode);
