import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { ClosingCalendar, ClosingPeriod } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { closingPreviewQuery, closingsQuery, type Kind } from './api';
import { ClosingBefore } from './ClosingBefore';
import { ClosingTable } from './ClosingTable';
import './finance.css';
import { words } from './words';

const kinds = ['month', 'quarter'] as const;

/** 关账: what the next period to close holds, and how every period stands. */
export default function ClosingPage() {
  const t = useWords(words);
  const go = useGo();
  const search = useSearch({ strict: false }) as { kind?: string; label?: string };
  const kind: Kind = search.kind === 'quarter' ? 'quarter' : 'month';
  const query = useQuery(closingsQuery(kind));
  return (
    <>
      <PageHeader
        title={t('closing')}
        hint={t('closing_hint')}
        actions={
          <Segmented
            aria-label={t('kind')}
            value={kind}
            onChange={(next) => go(paths.closing(next === 'month' ? undefined : next), { replace: true })}
            options={kinds.map((each) => ({ value: each, label: t(`kind_${each}`) }))}
          />
        }
      />
      <Loaded query={query}>{(calendar) => <Content calendar={calendar} label={search.label} />}</Loaded>
    </>
  );
}

function Content({ calendar, label }: { calendar: ClosingCalendar; label?: string }) {
  const t = useWords(words);
  const open = calendar.periods.filter((each) => each.state === 'open' || each.state === 'reopened');
  const chosen = open.find((each) => each.label === label) ?? open.find((each) => each.next);
  return (
    <>
      {chosen ? (
        <Before key={chosen.label} period={chosen} first={calendar.until === undefined} />
      ) : (
        <section className="card">
          <EmptyState example={t('nothing_example')}>{t('nothing_to_close')}</EmptyState>
        </section>
      )}
      <ClosingTable calendar={calendar} chosen={chosen?.label} />
    </>
  );
}

function Before({ period, first }: { period: ClosingPeriod; first: boolean }) {
  const query = useQuery(closingPreviewQuery(period.kind, period.label));
  return <Loaded query={query}>{(preview) => <ClosingBefore preview={preview} first={first} />}</Loaded>;
}
