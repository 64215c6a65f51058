'use server';

import { operatorAction } from '@/lib/http/action';
import { endUserSessions, resetUserTwoFactor, SetOperatorInput, setOperator, UserIdInput } from '@/lib/services/operator/users/users';

export const setOperatorAction = operatorAction(SetOperatorInput, setOperator);
export const endUserSessionsAction = operatorAction(UserIdInput, endUserSessions);
export const resetTwoFactorAction = operatorAction(UserIdInput, resetUserTwoFactor);
