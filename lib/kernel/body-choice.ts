/** What an organization keeps of its prompts and answers: whole, with personal data and secrets masked, or not at all. */
export const BODY_CHOICES = ['full', 'masked', 'none'] as const;
export type BodyChoice = (typeof BODY_CHOICES)[number];

/** The choice as the two columns of an organization hold it. */
export interface BodyColumns {
  logBodies: boolean;
  maskBodies: boolean;
}

export function bodyChoiceOf({ logBodies, maskBodies }: BodyColumns): BodyChoice {
  if (!logBodies) return 'none';
  return maskBodies ? 'masked' : 'full';
}

export function bodyColumnsOf(choice: BodyChoice): BodyColumns {
  return { logBodies: choice !== 'none', maskBodies: choice === 'masked' };
}
