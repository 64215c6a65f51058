/** One thing a client did with a key, successful or not: what the listener on /welcome shows. */
export interface Contact {
  at: number;
  keyId: string | null;
  /** The last four characters of a key that was not recognized, so that its owner can see the near miss. */
  last4: string | null;
  method: string;
  path: string;
  status: number;
  code: string | null;
  message: string | null;
  model: string | null;
  client: string | null;
  requestId: string;
}

export interface Contacts {
  add(contact: Contact): void;
  /** Newest last. Contacts of a key, and unrecognized ones (keyId null) whose characters could be that key's. */
  since(keyId: string, last4: string | null, sinceMs: number): Contact[];
}

/** A ring: callers without a valid key leave a trace here and no rows anywhere. */
export function createContacts(capacity = 2_000): Contacts {
  const ring: Contact[] = [];
  let next = 0;
  return {
    add(contact) {
      ring[next] = contact;
      next = (next + 1) % capacity;
    },
    since(keyId, last4, sinceMs) {
      return ring
        .filter((contact) => contact.at > sinceMs && (contact.keyId === keyId || (contact.keyId === null && last4 !== null && contact.last4 === last4)))
        .sort((a, b) => a.at - b.at);
    },
  };
}
