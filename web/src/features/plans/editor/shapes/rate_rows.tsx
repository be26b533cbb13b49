import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Metric } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { FieldOfMetric, useApart } from '../apart';
import { FaultLine, RemoveButton, replaced, without } from '../around/List';
import { ChoiceBlank, choices } from '../blanks';
import { Fill } from '../fill';
import { rateWords } from '../words_rate';
import { isRest, RowValue } from './RowValue';
import { missingOfTable, RateTable } from './rate_table';
import { type Params, textOf, withParam } from './shape';

/** As many rows as one can still read; the server takes more. */
const maxRows = 200;

export const rowsOf = (params: Params): Params[] => (Array.isArray(params.rows) ? (params.rows as Params[]) : []);

export const hasRows = (params: Params): boolean => 'rows' in params;

/** The table becomes the one of everything else, below a first row whose value is still to be chosen. */
export function withRows(params: Params): Params {
  const { tiers, package: pack, ...rest } = params;
  const table: Params = pack === undefined ? { tiers: tiers ?? [{ up_to: null }] } : { package: pack };
  return { ...rest, rows: [{ value: undefined, ...structuredClone(table) }, table] };
}

/** One table again: that of everything else, or the first there is. */
export function withoutRows(params: Params): Params {
  const { rows: _rows, tiers_read: _read, ...rest } = params;
  const rows = rowsOf(params);
  const { value: _value, ...table } = rows.find((row) => isRest(row)) ?? rows[0] ?? { tiers: [{ up_to: null }] };
  return { ...rest, ...table };
}

const isOpen = (row: Params): boolean => 'value' in row && row.value === undefined;

/** A new row stands before the one for everything else, with the tiers of the one above it. */
export function addRow(rows: readonly Params[]): Params[] {
  const at = rows.findIndex(isRest);
  const place = at < 0 ? rows.length : at;
  const { value: _value, ...table } = rows[place - 1] ?? rows[0] ?? { tiers: [{ up_to: null }] };
  return [...rows.slice(0, place), { value: undefined, ...structuredClone(table) }, ...rows.slice(place)];
}

export const missingOfRows = (params: Params): string[] =>
  rowsOf(params).flatMap((row, index) => [
    ...(isOpen(row) ? [`rows[${index}].value`] : []),
    ...missingOfTable(row, `rows[${index}].`),
  ]);

interface Props {
  params: Params;
  onParams: (params: Params) => void;
  metric: Metric | undefined;
  attains: boolean;
  pays: string | undefined;
}

/** Tiers of their own for values of the field by which the metric tells its records apart. */
export function RateRows({ params, onParams, metric, attains, pays }: Props) {
  const t = useWords(rateWords);
  const text = useText();
  const apart = useApart(metric);
  const rows = rowsOf(params);
  const set = (next: Params[]) => onParams({ ...params, rows: next });
  const name = text(apart?.name) || t('rows_field');
  return (
    <>
      <div className="sentence-more">
        {metric && !apart ? (
          <FieldOfMetric metric={metric} />
        ) : (
          <>
            {t('rows_by', { field: name })}{' '}
            <Fill
              sentence={t('tiers_read')}
              blanks={{
                read: (
                  <ChoiceBlank
                    label={t('read')}
                    field="tiers_read"
                    value={textOf(params, 'tiers_read') || 'all'}
                    onChange={(read) => onParams(withParam(params, 'tiers_read', read === 'all' ? undefined : read))}
                    options={choices(['all', 'row'] as const, (key) => t(`read_${key}`))}
                  />
                ),
              }}
            />
          </>
        )}
        <RemoveButton label={t('remove', { what: t('add_rows') })} onClick={() => onParams(withoutRows(params))} />
        <FaultLine field="rows" />
      </div>
      {rows.map((row, index) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have an order, and their values may be alike while they are chosen
          key={index}
          className="rate-row"
          aria-label={t('row', { number: index + 1 })}
        >
          <div className="rate-row-head">
            <Fill
              sentence={t('row_is')}
              blanks={{
                value: <RowValue {...{ apart, rows, index }} onRow={(next) => set(replaced(rows, index, next))} />,
              }}
            />
            {rows.length > 1 && <RemoveButton label={t('row_remove')} onClick={() => set(without(rows, index))} />}
          </div>
          <RateTable
            table={row}
            onTable={(table) => set(replaced(rows, index, table))}
            at={`rows[${index}].`}
            {...{ metric, attains, pays }}
          />
        </section>
      ))}
      <div className="sentence-more">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={rows.length >= maxRows}
          onClick={() => set(addRow(rows))}
        >
          {t('row_add')}
        </Button>
      </div>
    </>
  );
}
