import { PageSkeleton } from '@/components/patterns/states';

export default function Loading() {
  return <PageSkeleton cards={4} rows={8} />;
}
