import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { parts } from './index';
import { Periods } from './Periods';
import type { AroundPart, PartProps } from './part';
import { aroundWords } from './words';

/** What stands around the rule, as sentences of their own; what could be added is a row of buttons. */
export function Around({ def, onChange, metric }: PartProps & { metric: Metric | undefined }) {
  const t = useWords(aroundWords);
  const [added, setAdded] = useState<AroundPart['key']>();
  const here = useRef<HTMLDivElement>(null);
  // A part that was just asked for is filled next: its first blank that is empty has the keyboard, or else its first.
  useEffect(() => {
    const part = added && here.current?.querySelector(`[data-part="${added}"]`);
    if (!part) return;
    (part.querySelector<HTMLElement>('.blank-empty input') ?? part.querySelector<HTMLElement>('input'))?.focus();
    setAdded(undefined);
  }, [added]);
  const there = parts.filter((part) => part.present(def)).map((part) => part.key);
  const before = useRef(there);
  // What is taken away takes the keyboard with it; its button gets it back, so that a slip is one key to mend.
  useEffect(() => {
    const gone = before.current.find((key) => !there.includes(key));
    before.current = there;
    if (gone && document.activeElement === document.body)
      here.current?.querySelector<HTMLElement>(`[data-add="${gone}"]`)?.focus();
  });
  const open = parts.filter((part) => !part.present(def) && part.offered(def, metric));
  return (
    <div className="around" ref={here}>
      {def.period === 'custom' && <Periods def={def} onChange={onChange} />}
      {parts
        .filter((part) => part.present(def))
        .map((part) => (
          <div key={part.key} className="sentence-more around-part" data-part={part.key}>
            <part.Blanks def={def} onChange={onChange} />
          </div>
        ))}
      {open.length > 0 && (
        <div className="around-add">
          <span className="quiet">{t('lead')}</span>
          {open.map((part) => (
            <Button
              key={part.key}
              data-add={part.key}
              size="small"
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => {
                onChange(part.start(def));
                setAdded(part.key);
              }}
            >
              {t(`add_${part.key}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
