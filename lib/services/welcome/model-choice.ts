export interface ModelChoice {
  id: string;
  note: string | null;
  isAlias: boolean;
}
