import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';

/** Those that have a name in the reader's language. */
export const CAPABILITIES = ['tools', 'vision', 'json', 'reasoning', 'audio', 'pdf'] as const;
const KINDS = ['chat', 'embedding', 'image', 'audio', 'moderation', 'rerank'] as const;

/** What a model is for, where that is not chat, and what it can do. */
export function CapabilityBadges({ kind, capabilities }: { kind: string; capabilities: readonly string[] }) {
  const t = useTranslations('models');
  const knownKind = KINDS.find((one) => one === kind);
  return (
    <span className="flex flex-wrap gap-1">
      {kind !== 'chat' && <Badge>{knownKind ? t(`kinds.${knownKind}`) : kind}</Badge>}
      {capabilities.map((capability) => {
        const known = CAPABILITIES.find((one) => one === capability);
        return (
          <Badge key={capability} variant="outline">
            {known ? t(`capabilities.${known}`) : capability}
          </Badge>
        );
      })}
    </span>
  );
}
