import { FairleadError } from '@/lib/kernel/errors';
import type { RequestNote } from '../../contract';

/** What a translation had to change, in the order it met it. */
export class Notes {
  readonly list: RequestNote[] = [];

  constructor(private readonly family: string) {}

  add(param: string, did: string): void {
    this.list.push({ param, did });
  }

  /** The target cannot honour this field, and without it the answer would not be what was asked for. */
  refuse(param: string, why = `${this.family} has no such parameter`): FairleadError {
    return new FairleadError('unsupported_parameter', `'${param}' cannot be honoured by this model: ${why}.`, { param });
  }
}
