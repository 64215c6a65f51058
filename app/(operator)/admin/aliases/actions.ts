'use server';

import { operatorAction } from '@/lib/http/action';
import { testRoute } from '@/lib/http/test-route';
import { deleteAlias } from '@/lib/services/aliases/delete-alias';
import { discardDraft } from '@/lib/services/aliases/discard-draft';
import { PublishAliasSchema, publishAlias } from '@/lib/services/aliases/publish-alias';
import { RollBackAliasSchema, rollBackAlias } from '@/lib/services/aliases/roll-back-alias';
import { SaveDraftSchema, saveDraft } from '@/lib/services/aliases/save-draft';
import { TestRouteSchema } from '@/lib/services/aliases/test-route';
import { withFieldErrors } from '@/lib/services/operator/apply-entries';
import { z } from 'zod';

const NameInput = z.object({ name: z.string() });

export const saveDraftAction = operatorAction(SaveDraftSchema, withFieldErrors(saveDraft));
export const discardDraftAction = operatorAction(NameInput, discardDraft);
export const publishAliasAction = operatorAction(PublishAliasSchema, withFieldErrors(publishAlias));
export const rollBackAliasAction = operatorAction(RollBackAliasSchema, withFieldErrors(rollBackAlias));
export const deleteAliasAction = operatorAction(NameInput, deleteAlias);
export const testRouteAction = operatorAction(TestRouteSchema, testRoute);
