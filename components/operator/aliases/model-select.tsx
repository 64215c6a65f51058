import type { ComponentProps } from 'react';
import { NativeSelect } from '@/components/ui/native-select';
import type { TargetChoice } from './alias-actions';

/** Models under the names of their providers. */
export function ModelSelect({ models, ...props }: ComponentProps<'select'> & { models: TargetChoice[] }) {
  const providers = [...new Set(models.map(({ provider }) => provider))];
  return (
    <NativeSelect {...props}>
      {providers.map((provider) => (
        <optgroup key={provider} label={provider}>
          {models
            .filter((model) => model.provider === provider)
            .map(({ id, kind }) => (
              <option key={id} value={id}>
                {kind === 'chat' ? id : `${id} (${kind})`}
              </option>
            ))}
        </optgroup>
      ))}
    </NativeSelect>
  );
}
