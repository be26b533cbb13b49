import { CheckOutlined } from '@ant-design/icons';
import type { Field, Wire } from '@/features/objects/model';
import { type CellContext, choiceName, isFigure, isNegative, showCell } from '@/features/records/values/cell';

/** A cell as it stands when nobody edits it. */
export function CellView({ field, value, context }: { field: Field; value: Wire | undefined; context: CellContext }) {
  if (value === null || value === undefined || value === '') return null;
  if (field.type === 'bool') {
    return value ? (
      <CheckOutlined aria-label={showCell(field, value, context)} />
    ) : (
      <span className="cell-no">{showCell(field, value, context)}</span>
    );
  }
  if (field.type === 'choice' || field.type === 'choices') {
    const keys = Array.isArray(value) ? value : [String(value)];
    return (
      <>
        {keys.map((key) => {
          const color = field.choices.find((c) => c.key === key)?.color;
          return (
            <span key={key} className="cell-choice">
              {color && <i style={{ background: color }} aria-hidden="true" />}
              {choiceName(field, key, context.language)}
            </span>
          );
        })}
      </>
    );
  }
  const shown = showCell(field, value, context);
  return isFigure(field) && isNegative(value) ? <span className="figure-loss">{shown}</span> : shown;
}
