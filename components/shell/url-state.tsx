'use client';

/** Stands around what keeps filters in the address, and only there: most pages are whole without it. */
export { NuqsAdapter as UrlState } from 'nuqs/adapters/next/app';
