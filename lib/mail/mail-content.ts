/** Texts of the namespace `mail` in the reader's language. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** What a mail says, before it is laid out. Every mail has the same parts, so that all of them look alike. */
export interface MailContent {
  subject: string;
  heading: string;
  paragraphs: string[];
  /** Label and value, one line each. */
  facts?: readonly (readonly [label: string, value: string])[];
  /** The one thing to do. */
  action?: { label: string; url: string };
  /** Small print: why this mail came, and what to do if it should not have. */
  footnote: string;
}
