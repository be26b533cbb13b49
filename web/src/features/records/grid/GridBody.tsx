import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, type Ref, type RefObject, useCallback, useEffect, useImperativeHandle } from 'react';
import type { Field } from '@/features/objects/model';
import type { CellContext } from '@/features/records/values/cell';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import { GridLine } from './GridLine';
import type { Cell, Rectangle } from './range';
import type { RowStore } from './rowStore';

const lineHeight = 40;
const headHeight = 36;

/** Lines kept ready above and below what is in sight. */
const overscan = 10;

/** Lines in the page at a time, at most: they are drawn again with other rows instead of made anew. */
const pool = 128;

/** What of the rows is in sight, for the keys. */
export interface Sight {
  reveal: (row: number) => void;
  /** Rows of a screenful. */
  screen: () => number;
}

interface Props {
  ref: Ref<Sight>;
  frame: RefObject<HTMLDivElement | null>;
  id: string;
  object: string;
  store: RowStore;
  /** Changes whenever the store does. */
  revision: number;
  fields: Field[];
  widths: readonly number[];
  width: number;
  context: CellContext;
  active: Cell;
  chosen: Rectangle;
  editor: ReactNode;
  faults: ReadonlyMap<string, string>;
}

/** The lines of the grid. Scrolling draws these again and nothing around them. */
export const GridBody = memo(function GridBody(props: Props) {
  const { ref, frame, id, object, store, fields, widths, width, context, active, chosen, editor, faults } = props;
  const t = useWords(words);
  const virtual = useVirtualizer({
    count: store.length,
    getScrollElement: () => frame.current,
    estimateSize: () => lineHeight,
    overscan,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => store.need(last), [store, last]);
  useImperativeHandle(
    ref,
    () => ({
      reveal: (row) => virtual.scrollToIndex(row, { align: 'auto' }),
      screen: () => Math.max(1, Math.floor(((frame.current?.clientHeight ?? 0) - headHeight) / lineHeight) - 1),
    }),
    [virtual, frame],
  );
  const openLabel = useCallback((n: number) => t('open_record', { n }), [t]);
  return (
    <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize(), width }}>
      {lines.map((line) => {
        const column = line.index === active.row ? active.column : -1;
        return (
          <GridLine
            key={line.index % pool}
            id={id}
            object={object}
            row={store.rows[line.index]}
            place={line.index}
            top={line.start - headHeight}
            height={lineHeight}
            width={width}
            fields={fields}
            widths={widths}
            context={context}
            active={column}
            selected={line.index >= chosen.top && line.index <= chosen.bottom ? pairOf(chosen) : null}
            editor={column >= 0 ? editor : null}
            faults={faults}
            openLabel={openLabel}
          />
        );
      })}
    </div>
  );
});

/** The same pair for the same columns, so that lines whose selection did not change are not drawn again. */
const pairs = new Map<string, [number, number]>();
function pairOf({ left, right }: Rectangle): [number, number] {
  const key = `${left},${right}`;
  const pair = pairs.get(key) ?? [left, right];
  pairs.set(key, pair);
  return pair;
}
