import { Roster } from '@/lib/kernel/roster';

/** The streams that run now, by organization, so that a suspension can end them. */
export interface RunningCalls {
  /** Answers what takes the call off the list again. */
  add(orgId: string, end: (reason: string) => void): () => void;
  organizations(): string[];
  /** Ends every stream of an organization, each with its surface's own ending. */
  end(orgId: string, reason: string): void;
}

export function createRunningCalls(): RunningCalls {
  const byOrg = new Map<string, Roster<(reason: string) => void>>();
  return {
    add(orgId, end) {
      let calls = byOrg.get(orgId);
      if (!calls) byOrg.set(orgId, (calls = new Roster()));
      const leave = calls.join(end);
      return () => {
        leave();
        if (calls.size === 0 && byOrg.get(orgId) === calls) byOrg.delete(orgId);
      };
    },
    organizations: () => [...byOrg.keys()],
    end(orgId, reason) {
      for (const end of byOrg.get(orgId)?.members() ?? []) end(reason);
    },
  };
}
