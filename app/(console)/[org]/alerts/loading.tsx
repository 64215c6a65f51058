import { PageSkeleton } from '@/components/patterns/states';

export default function Loading() {
  return <PageSkeleton rows={6} />;
}
