import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '@/lib/i18n';
import { words } from './words';

interface Props {
  column: string;
  /** Values that need one, without a correction yet. */
  values: readonly string[];
  corrections: Readonly<Record<string, string>>;
  /** What values probably mean; filled in, for the reader to keep or to change. */
  suggestions?: Readonly<Record<string, string>>;
  onSave: (pairs: Record<string, string>) => void;
  onClose: () => void;
}

/** The most corrections edited at once. */
const maxPairs = 200;

/** Pairs of "as in the file" and "as it should be". */
export function Corrections({ column, values, corrections, suggestions = {}, onSave, onClose }: Props) {
  const t = useWords(words);
  const [pairs, setPairs] = useState<[string, string][]>(() => {
    const known = Object.entries(corrections);
    const open = values.filter((v) => !(v in corrections)).map((v): [string, string] => [v, suggestions[v] ?? '']);
    const all = [...open, ...known].slice(0, maxPairs);
    return all.length > 0 ? all : [['', '']];
  });
  const set = (at: number, side: 0 | 1, text: string) =>
    setPairs(pairs.map((pair, i) => (i === at ? (side === 0 ? [text, pair[1]] : [pair[0], text]) : pair)));
  return (
    <Modal
      open
      title={t('corrections_title', { column })}
      okText={t('save')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() =>
        onSave({
          ...Object.fromEntries(Object.keys(corrections).map((from) => [from, ''])),
          ...Object.fromEntries(pairs),
        })
      }
    >
      <p>{t('corrections_hint')}</p>
      <div style={{ display: 'grid', gap: 8, maxHeight: '50vh', overflow: 'auto' }}>
        {pairs.map(([from, to], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its place in the list
          <div key={at} style={{ display: 'grid', gridTemplateColumns: '1fr auto 1fr', gap: 8, alignItems: 'center' }}>
            <Input aria-label={t('from_value')} value={from} onChange={(e) => set(at, 0, e.target.value)} />
            <span aria-hidden="true">→</span>
            <Input aria-label={t('to_value')} value={to} onChange={(e) => set(at, 1, e.target.value)} />
          </div>
        ))}
      </div>
      {pairs.length < maxPairs && (
        <Button type="dashed" style={{ marginTop: 8 }} onClick={() => setPairs([...pairs, ['', '']])}>
          {t('add_row')}
        </Button>
      )}
    </Modal>
  );
}
