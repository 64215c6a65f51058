import type { Money } from '@/lib/kernel/money';
import { nano } from '@/lib/kernel/money';
import type { Hold } from '@/lib/ledger';
import { outputBoundOf } from '@/lib/wire';
import { costOf } from './cost-bounds';
import type { GatewayDeps } from './deps';
import { estimateTokens } from './estimate';
import type { Planned } from './types';

/** Architecture §4: a stream asks for more when so much of its hold is used. */
const EXTEND_AT = 0.75;

/**
 * The output tokens that the hold of a stream covers, counted while it runs. Exists only for streams that hold less than
 * they may cost: it extends the hold in steps and says when the answer has to end.
 */
export class StreamBudget {
  private used = 0;
  private state: 'idle' | 'asking' | 'refused' | 'whole' = 'idle';
  private waiting: (() => void) | null = null;

  constructor(
    private covered: number,
    private readonly most: number,
    private readonly extendTo: (from: number, to: number) => boolean | Promise<boolean>,
  ) {}

  /** Counts a piece before it is passed on. `cut`: it is no longer covered. `wait`: the answer of the ledger decides. */
  take(text: string, reasoning: string): 'go' | 'wait' | 'cut' {
    // A piece that says nothing, such as a part of a tool call, was still generated.
    const tokens = Math.max(1, estimateTokens(text) + estimateTokens(reasoning));
    if (this.state === 'idle' && this.used + tokens >= this.covered * EXTEND_AT) this.extend();
    if (this.state !== 'whole' && this.used + tokens > this.covered) return this.state === 'asking' ? 'wait' : 'cut';
    this.used += tokens;
    return 'go';
  }

  /** Calls back once the ledger has answered. */
  whenAnswered(listener: () => void): void {
    this.waiting = listener;
  }

  private extend(): void {
    const to = Math.min(this.most, this.covered * 2);
    if (to <= this.covered) {
      // The hold covers all that the model may say; the provider's own limit ends the answer.
      this.state = 'whole';
      return;
    }
    const answer = this.extendTo(this.covered, to);
    if (typeof answer === 'boolean') return this.answered(answer, to);
    this.state = 'asking';
    void answer.then((granted) => {
      this.answered(granted, to);
      const listener = this.waiting;
      this.waiting = null;
      listener?.();
    });
  }

  private answered(granted: boolean, to: number): void {
    this.state = granted ? 'idle' : 'refused';
    if (granted) this.covered = to;
  }
}

/** The budget of a stream whose hold does not cover all it may say; null for any other call. */
export function streamBudgetOf(deps: Pick<GatewayDeps, 'ledger'>, planned: Planned, candidate: Planned['candidates'][number]): StreamBudget | null {
  if (planned.heldOutput === null || planned.hold.kind !== 'held') return null;
  const { hold } = planned.hold;
  const most = outputBoundOf(candidate.carried.call, { maxOutputTokens: candidate.model.maxOutputTokens });
  return new StreamBudget(planned.heldOutput, most, (from, to) => extendHold(deps, planned, hold, from, to));
}

function extendHold({ ledger }: Pick<GatewayDeps, 'ledger'>, planned: Planned, hold: Hold, from: number, to: number): boolean | Promise<boolean> {
  // By the dearest candidate, as the hold itself.
  const more: Money = nano(costOf(planned.candidates, to) - costOf(planned.candidates, from));
  const answer = more <= 0n ? true : ledger.extend(hold, more);
  // Another attempt of this call begins with what is held by then.
  const note = (granted: boolean) => {
    if (granted) planned.heldOutput = to;
    return granted;
  };
  return typeof answer === 'boolean' ? note(answer) : answer.then(note);
}
