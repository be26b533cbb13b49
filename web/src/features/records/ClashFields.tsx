import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useText } from '@/components/TextOf';
import { type ObjectInfo, sameValue, type Wire } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import type { Row } from './api';
import { type CellContext, showCell } from './values/cell';
import { words } from './words';

interface Props {
  object: ObjectInfo;
  changed: Record<string, Wire>;
  now: Row;
  context: CellContext;
  /** The values to save on top of the newer version; null keeps theirs. */
  onDone: (values: Record<string, Wire> | null) => void;
}

/** A form met a newer version: for each field that differs the person chooses. */
export function ClashFields({ object, changed, now, context, onDone }: Props) {
  const t = useWords(words);
  const text = useText();
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(Object.keys(changed)));
  const differing = object.fields.filter((f) => f.key in changed && !sameValue(changed[f.key], now.values[f.key]));
  return (
    <Modal
      open
      title={t('changed_elsewhere')}
      okText={t('keep_chosen')}
      cancelText={t('keep_theirs')}
      onOk={() =>
        onDone(Object.fromEntries(differing.filter((f) => mine.has(f.key)).map((f) => [f.key, changed[f.key] ?? null])))
      }
      onCancel={() => onDone(null)}
    >
      <p>{t('clash_hint')}</p>
      {differing.map((field) => (
        <fieldset key={field.key} className="clash">
          <legend>{text(field.name)}</legend>
          <Radio.Group
            vertical
            value={mine.has(field.key) ? 'mine' : 'theirs'}
            onChange={(event) => {
              const next = new Set(mine);
              if (event.target.value === 'mine') next.add(field.key);
              else next.delete(field.key);
              setMine(next);
            }}
            options={[
              {
                value: 'theirs',
                label: `${t('named', { name: t('theirs') })}${showCell(field, now.values[field.key], context) || t('empty_value')}`,
              },
              {
                value: 'mine',
                label: `${t('named', { name: t('mine') })}${showCell(field, changed[field.key], context) || t('empty_value')}`,
              },
            ]}
          />
        </fieldset>
      ))}
    </Modal>
  );
}
