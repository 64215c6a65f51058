type FaultType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error' | 'rate_limit_error' | 'authentication_error';

interface FaultExtras {
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: object;
  shouldRetry?: boolean;
}

/** An answer in Stripe's own error form. */
export class StripeFault extends Error {
  constructor(
    readonly status: number,
    readonly type: FaultType,
    message: string,
    readonly extras: FaultExtras = {},
  ) {
    super(message);
    this.name = 'StripeFault';
  }

  /** True when the request broke the published contract, as opposed to a state it could not be granted in. */
  get isContractViolation(): boolean {
    return this.status === 400 && this.type === 'invalid_request_error' && (this.extras.code?.startsWith('parameter') ?? this.extras.param !== undefined);
  }

  body(requestId: string): object {
    const { shouldRetry: _, ...fields } = this.extras;
    return {
      error: {
        type: this.type,
        ...fields,
        message: this.message,
        ...(fields.code ? { doc_url: `https://stripe.com/docs/error-codes/${fields.code.replaceAll('_', '-')}` } : {}),
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
      },
    };
  }
}

export function invalidRequest(message: string, param?: string, code?: string): StripeFault {
  return new StripeFault(400, 'invalid_request_error', message, { ...(code ? { code } : {}), ...(param ? { param } : {}) });
}

export function resourceMissing(label: string, id: string, param = 'id'): StripeFault {
  return new StripeFault(404, 'invalid_request_error', `No such ${label}: '${id}'`, { code: 'resource_missing', param });
}
