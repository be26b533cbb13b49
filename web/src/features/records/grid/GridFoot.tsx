import { words } from '@/features/records/words';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Rectangle } from './range';
import type { RowStore } from './rowStore';

interface Props {
  store: RowStore;
  revision: number;
  selection: Rectangle;
  busy: boolean;
}

/** How many records, what is selected, what is under way. */
export function GridFoot({ store, selection, busy }: Props) {
  const t = useWords(words);
  const rows = selection.bottom - selection.top + 1;
  const columns = selection.right - selection.left + 1;
  const loading = store.loading && store.started && store.total > 0;
  return (
    <div className="grid-foot" role="status">
      <span>
        {store.total >= 0
          ? t('count', { count: store.total, n: formatNumber(String(store.total)) })
          : t('count_many', { n: store.rows.length })}
      </span>
      {loading && <span>{t('loaded_of', { n: store.rows.length, total: store.total })}</span>}
      {(rows > 1 || columns > 1) && <span>{t('selected', { rows, columns })}</span>}
      {busy && <span>{t('saving')}</span>}
    </div>
  );
}
