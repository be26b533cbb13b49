import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { boundWidth, narrowest, widest } from './columns';

interface Props {
  label: string;
  width: number;
  /** Null gives the column its usual width again. */
  onWidth: (width: number | null) => void;
}

/** Pixels by which an arrow key moves the edge; with Shift. */
const small = 10;
const large = 50;

/** The edge between two columns: dragged, moved by arrow keys, and put back by a double click or Enter. */
export function ColumnEdge({ label, width, onWidth }: Props) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!from.current) return;
    const next = boundWidth(from.current.width + event.clientX - from.current.x);
    if (next !== width) onWidth(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? large : small;
    if (event.key === 'ArrowLeft') onWidth(boundWidth(width - step));
    else if (event.key === 'ArrowRight') onWidth(boundWidth(width + step));
    else if (event.key === 'Enter') onWidth(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="grid-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={0}
      title={label}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onDoubleClick={() => onWidth(null)}
      onKeyDown={onKeyDown}
    />
  );
}
