/** What a form shows after a try that did not succeed: a message key of the namespace `auth`, and what was typed. */
export interface FormState {
  problem?: { field: 'name' | 'email' | 'password' | 'organization' | 'legal' | 'captcha' | 'code' | null; key: string; minutes?: number };
  /** It worked, and the page says so instead of going on. */
  done?: boolean;
  values?: { name?: string; email?: string; organization?: string };
}

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
