import { z } from 'zod';
import { AliasDocumentSchema } from './alias-document';

/** What Test route asks the gateway: which way a request would go, with no provider called. */
export const TestRouteSchema = z
  .strictObject({
    /** A name as a client would call it: an alias or a model. */
    model: z.string().optional(),
    /** Instead: an alias that is not in force, such as a draft. */
    document: AliasDocumentSchema.optional(),
    /** The body of a chat request; its own `model` is not read. */
    request: z.record(z.string(), z.unknown()),
    /** Whose call it would be. Absent: the default plan, no user, no session, no tags. */
    plan: z.string().optional(),
    user: z.string().max(200).optional(),
    session: z.string().max(200).optional(),
    tags: z.record(z.string(), z.string()).optional(),
    region: z.string().max(200).optional(),
  })
  .refine(({ model, document }) => (model === undefined) !== (document === undefined), { error: 'name a model or give a document, one of the two' });

export type TestRouteInput = z.infer<typeof TestRouteSchema>;
