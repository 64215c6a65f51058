import { Alert, AlertTitle } from '@/components/ui/alert';

/** The problem of a form as a whole; nothing without one. */
export function ProblemAlert({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <Alert variant="danger">
      <AlertTitle className="font-normal">{problem}</AlertTitle>
    </Alert>
  );
}
