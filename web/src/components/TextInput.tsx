import { Input, Space } from 'antd';
import type { Text } from '@/api/types';
import { useLanguage, useWords } from '@/lib/i18n';
import { words } from './metric/words';

interface Props {
  value?: Text;
  onChange?: (text: Text) => void;
  label: string;
  placeholder?: string;
  maxLength?: number;
}

/** A text in both languages, the reader's own first. The other may stay empty: it then shows the same. */
export function TextInput({ value = { zh: '', en: '' }, onChange, label, placeholder, maxLength = 200 }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const sides = language === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  return (
    <Space.Compact block>
      {sides.map((side, index) => (
        <Input
          key={side}
          aria-label={`${label} (${t(side)})`}
          placeholder={index === 0 ? placeholder : t(side)}
          value={value[side]}
          maxLength={maxLength}
          onChange={(event) => onChange?.({ ...value, [side]: event.target.value })}
        />
      ))}
    </Space.Compact>
  );
}
