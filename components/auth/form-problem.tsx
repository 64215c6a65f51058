import { useTranslations } from 'next-intl';
import { Alert, AlertTitle } from '@/components/ui/alert';
import type { FormState } from './form-state';

/** The problem of the form as a whole; a problem of one field stands at that field. */
export function FormProblem({ state }: { state: FormState }) {
  const t = useTranslations('auth');
  const { problem } = state;
  if (!problem || problem.field !== null) return null;
  return (
    <Alert variant="danger">
      <AlertTitle className="font-normal">{t(`problems.${problem.key}`, { minutes: problem.minutes ?? 1 })}</AlertTitle>
    </Alert>
  );
}

/** The message for one field, or undefined. */
export function useFieldProblem(state: FormState, field: NonNullable<FormState['problem']>['field']): string | undefined {
  const t = useTranslations('auth');
  return state.problem && state.problem.field === field && field !== null ? t(`problems.${state.problem.key}`, { minutes: 1 }) : undefined;
}
