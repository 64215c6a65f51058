import type { ActionResult } from '@/lib/http/action';
import type { CreatedKey, CreateKeyInput } from '@/lib/services/keys/create-key';
import type { KeyView } from '@/lib/services/keys/key-view';
import type { RevokeKeyInput } from '@/lib/services/keys/revoke-key';
import type { RotateKeyInput } from '@/lib/services/keys/rotate-key';
import type { UpdateKeyInput } from '@/lib/services/keys/update-key';

export type { CreatedKey, KeyView };

export type CreateKey = (org: string, input: CreateKeyInput) => Promise<ActionResult<CreatedKey>>;

/** The writes of the keys page, handed in by the page. */
export interface KeyActions {
  create: CreateKey;
  update: (org: string, input: UpdateKeyInput) => Promise<ActionResult<KeyView>>;
  rotate: (org: string, input: RotateKeyInput) => Promise<ActionResult<CreatedKey>>;
  revoke: (org: string, input: RevokeKeyInput) => Promise<ActionResult<KeyView>>;
}
