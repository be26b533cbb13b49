import { ArrowDownOutlined, ArrowUpOutlined, EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { memo } from 'react';
import { useText } from '@/components/TextOf';
import type { Field } from '@/features/objects/model';
import type { SortKey } from '@/features/records/filter/conditions';
import { isFigure } from '@/features/records/values/cell';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import { ColumnEdge } from './ColumnEdge';
import { numberWidth } from './columns';

interface Props {
  fields: Field[];
  width: number;
  /** Of each field's column, in pixels. */
  widths: readonly number[];
  /** Null gives a column its usual width again. */
  onWidth: (field: string, width: number | null) => void;
  sort: SortKey[];
  onSort: (field: string, descending: boolean | null) => void;
  onFilter: (field: string) => void;
  onHide: (field: string) => void;
}

/** The head of the grid: names, the order, and a menu for each column. Scrolling does not draw it again. */
export const GridHead = memo(function GridHead(props: Props) {
  const { fields, width, widths, onWidth, sort, onSort, onFilter, onHide } = props;
  const t = useWords(words);
  const text = useText();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div className="grid-head" role="row" aria-rowindex={1} style={{ width }}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div className="grid-number" role="columnheader" style={{ width: numberWidth }} aria-label="#" />
      {fields.map((field, column) => {
        const key = sort.find((s) => s.field === field.key);
        const name = text(field.name) || field.key;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: its menu button has the focus
          <div
            key={field.key}
            role="columnheader"
            aria-colindex={column + 2}
            aria-sort={key ? (key.descending ? 'descending' : 'ascending') : 'none'}
            className={`grid-title${column === 0 ? ' grid-first' : ''}${isFigure(field) ? ' grid-figure' : ''}`}
            style={{ width: widths[column], left: column === 0 ? numberWidth : undefined }}
          >
            <span className="grid-title-name" title={name}>
              {name}
              {field.type === 'money' && <small> {field.currency}</small>}
              {field.required && <small aria-hidden="true"> *</small>}
            </span>
            {key &&
              (key.descending ? <ArrowDownOutlined aria-hidden="true" /> : <ArrowUpOutlined aria-hidden="true" />)}
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'up', label: t('sort_up') },
                  { key: 'down', label: t('sort_down') },
                  ...(key ? [{ key: 'off', label: t('sort_off') }] : []),
                  { type: 'divider' as const },
                  { key: 'filter', label: t('filter_by') },
                  ...(column > 0 ? [{ key: 'hide', label: t('hide') }] : []),
                ],
                onClick: ({ key: chosen }) => {
                  if (chosen === 'up' || chosen === 'down') onSort(field.key, chosen === 'down');
                  else if (chosen === 'off') onSort(field.key, null);
                  else if (chosen === 'filter') onFilter(field.key);
                  else onHide(field.key);
                },
              }}
            >
              <Button
                type="text"
                size="small"
                className="grid-menu"
                icon={<EllipsisOutlined />}
                aria-label={t('column_menu', { name })}
              />
            </Dropdown>
            <ColumnEdge
              label={t('column_width', { name })}
              width={widths[column] ?? 0}
              onWidth={(next) => onWidth(field.key, next)}
            />
          </div>
        );
      })}
    </div>
  );
});
