'use client';

import { ImagePlus, Send, Square, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';

const MAX_IMAGES = 4;
const MAX_BYTES = 4 * 1_048_576;

interface ComposerProps {
  isRunning: boolean;
  onSend: (question: { text: string; images: string[] }) => boolean;
  onStop: () => void;
}

export function Composer({ isRunning, onSend, onStop }: ComposerProps) {
  const t = useTranslations('playground');
  const [text, setText] = useState('');
  const [images, setImages] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  function send() {
    if (isRunning || text.trim() === '') return;
    if (!onSend({ text: text.trim(), images })) return;
    setText('');
    setImages([]);
  }

  /** Ctrl or ⌘ with Enter; never in the middle of composing a character. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  async function addImages(files: FileList | null) {
    const chosen = [...(files ?? [])].slice(0, MAX_IMAGES - images.length);
    setProblem(chosen.some(({ size }) => size > MAX_BYTES) ? t('imageTooLarge') : null);
    const urls = await Promise.all(chosen.filter(({ size }) => size <= MAX_BYTES).map(readAsUrl));
    setImages((before) => [...before, ...urls]);
    if (picker.current) picker.current.value = '';
  }

  return (
    <form
      className="grid gap-2 rounded-lg border bg-surface p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Label htmlFor="playground-message">{t('message')}</Label>
      <Textarea id="playground-message" rows={2} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} placeholder={t('messagePlaceholder')} />
      {images.length > 0 && (
        <ul aria-label={t('images')} className="flex flex-wrap gap-2">
          {images.map((url, index) => (
            <li key={url.slice(-40) + index} className="relative">
              {/* biome-ignore lint/performance/noImgElement: a picture out of this page's memory */}
              <img src={url} alt={t('image', { place: index + 1 })} className="size-14 rounded-md border object-cover" />
              <Button
                variant="secondary"
                size="icon-sm"
                aria-label={t('removeImage', { place: index + 1 })}
                className="absolute -top-2 -right-2 size-6"
                onClick={() => setImages(images.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <input ref={picker} type="file" accept="image/png,image/jpeg,image/webp,image/gif" multiple hidden onChange={(event) => void addImages(event.target.files)} />
        <Button variant="ghost" disabled={images.length >= MAX_IMAGES} onClick={() => picker.current?.click()}>
          <ImagePlus aria-hidden />
          {t('addImage')}
        </Button>
        <div className="flex items-center gap-3">
          <span className="hidden text-xs text-muted-foreground sm:inline">{t('sendHint')}</span>
          {isRunning ? (
            <Button variant="outline" onClick={onStop}>
              <Square aria-hidden />
              {t('stop')}
            </Button>
          ) : (
            <Button type="submit" disabled={text.trim() === ''}>
              <Send aria-hidden />
              {t('send')}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

function readAsUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
