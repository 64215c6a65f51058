import { notFound } from 'next/navigation';
import { isFairleadError } from '@/lib/kernel/errors';

/** For pages: a verb's `not_found` is the page's. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') notFound();
    throw error;
  }
}
