'use client';

import dynamic from 'next/dynamic';

/** Nothing of it is drawn before a key is pressed, so it comes after everything that is. */
export const Commands = dynamic(() => import('./key-commands'), { ssr: false });
