import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Go } from '@/components/Go';
import { useText } from '@/components/TextOf';
import { type ObjectInfo, titleField } from '@/features/objects/model';
import { paths } from '@/lib/paths';
import { useCellContext } from './cellContext';
import { CellView } from './grid/CellView';
import type { RowStore } from './grid/rowStore';
import { titleOf } from './references';

/** Facts on a card, and its height in pixels. */
const facts = 4;
const cardHeight = 148;

/** The records on a phone: one card each, opened with a thumb. */
export function Cards({ object, store }: { object: ObjectInfo; store: RowStore; revision: number }) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const context = useCellContext(store.labels);
  const title = titleField(object);
  const shown = object.fields
    .filter((f) => f !== title && f.type !== 'longtext' && f.type !== 'autonumber')
    .slice(0, facts);
  const virtual = useVirtualizer({
    count: store.length,
    getScrollElement: () => frame.current,
    estimateSize: () => cardHeight,
    overscan: 6,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => store.need(last), [store, last]);
  return (
    <div ref={frame} className="cards">
      <div role="list" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const row = store.rows[line.index];
          return (
            <div
              key={line.index}
              role="listitem"
              className="card-line"
              style={{ transform: `translateY(${line.start}px)`, height: cardHeight, top: 0 }}
            >
              {row ? (
                <Go
                  href={paths.record(object.key, row.id)}
                  className={`record-card${row.flash ? ' line-fresh-a' : ''}`}
                >
                  <h3>{titleOf(object, row)}</h3>
                  <dl>
                    {shown.map((field) => (
                      <div key={field.key}>
                        <dt>{text(field.name)}</dt>
                        <dd>
                          <CellView field={field} value={row.values[field.key]} context={context} />
                        </dd>
                      </div>
                    ))}
                  </dl>
                </Go>
              ) : (
                <div className="record-card" aria-hidden="true" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
