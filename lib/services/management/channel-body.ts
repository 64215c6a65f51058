import { z } from 'zod';
import { CHANNEL_KINDS } from '@/lib/services/alerts/channel-input';

/** `POST /api/v1/alert_channels`. */
export const CreateChannelBody = z.strictObject({
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  target: z.string().meta({ description: 'An e-mail address, or the URL of a webhook or robot; it is not shown again.' }),
  locale: z.string().optional(),
});

/** `POST /api/v1/webhooks`: a channel of the kind `webhook`. */
export const CreateWebhookBody = z.strictObject({ name: z.string(), url: z.string(), locale: z.string().optional() });

/** `PATCH` of either. */
export const UpdateChannelBody = z.strictObject({ name: z.string().optional(), enabled: z.boolean().optional(), locale: z.string().optional() });
