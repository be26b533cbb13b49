import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useText } from '@/components/TextOf';
import type { ObjectInfo, Wire } from '@/features/objects/model';
import { titleOf } from '@/features/records/references';
import { type CellContext, showCell } from '@/features/records/values/cell';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import type { RowStore } from './rowStore';
import type { Clash } from './saving';

interface Props {
  clashes: Clash[];
  object: ObjectInfo;
  store: RowStore;
  context: CellContext;
  onSettle: (mine: Clash[]) => void;
}

/** Two people changed one cell: both values side by side, and the person chooses. */
export function ClashDialog({ clashes, object, store, context, onSettle }: Props) {
  const t = useWords(words);
  const text = useText();
  const [chosen, setChosen] = useState<ReadonlySet<Clash>>(new Set());
  const settle = (mine: Clash[]) => {
    setChosen(new Set());
    onSettle(mine);
  };
  const show = (clash: Clash, value: Wire) => {
    const field = object.fields.find((f) => f.key === clash.field);
    return (field && showCell(field, value, context)) || t('empty_value');
  };
  return (
    <Modal
      open={clashes.length > 0}
      title={t('clash_title')}
      okText={t('keep_chosen')}
      cancelText={t('keep_theirs')}
      onOk={() => settle(clashes.filter((c) => chosen.has(c)))}
      onCancel={() => settle([])}
    >
      <p>{t('clash_hint')}</p>
      {clashes.map((clash) => {
        const row = store.row(clash.record);
        const field = object.fields.find((f) => f.key === clash.field);
        return (
          <fieldset key={`${clash.record}/${clash.field}`} className="clash">
            <legend>
              {row ? titleOf(object, row) : `#${clash.record}`} · {text(field?.name)}
            </legend>
            <Radio.Group
              value={chosen.has(clash) ? 'mine' : 'theirs'}
              onChange={(e) => {
                const next = new Set(chosen);
                if (e.target.value === 'mine') next.add(clash);
                else next.delete(clash);
                setChosen(next);
              }}
              options={[
                { value: 'theirs', label: `${t('named', { name: t('theirs') })}${show(clash, clash.theirs)}` },
                { value: 'mine', label: `${t('named', { name: t('mine') })}${show(clash, clash.mine)}` },
              ]}
              vertical
            />
          </fieldset>
        );
      })}
    </Modal>
  );
}
