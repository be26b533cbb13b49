import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Timeline } from 'antd';
import { useMemo } from 'react';
import { keys } from '@/api/keys';
import { DateText } from '@/components/DateText';
import { ErrorState } from '@/components/ErrorState';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import { type ObjectInfo, sameValue, type Wire } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { type Entry, history, type Labels, mergeLabels } from './api';
import { useCellContext } from './cellContext';
import { type CellContext, showCell } from './values/cell';
import { words } from './words';

interface Props {
  object: ObjectInfo;
  id: number;
  /** A new version has a new entry. */
  version: number;
  labels?: Labels;
}

/** What happened to a record: who, when, from what to what. */
export function TimeLine({ object, id, version, labels }: Props) {
  const t = useWords(words);
  const query = useInfiniteQuery({
    queryKey: [...keys.record(object.key, id), 'history', version],
    queryFn: ({ pageParam }) => history(object.key, id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (before) => before,
  });
  const entries = query.data?.pages.flatMap((page) => page.items ?? []) ?? [];
  const names = useMemo(
    () => (query.data?.pages ?? []).reduce((all, page) => mergeLabels(all, page.labels), labels ?? {}),
    [query.data, labels],
  );
  const context = useCellContext(names);
  return (
    <Card title={t('history')}>
      {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Pending rows={4} />}
      {query.data && entries.length === 0 && <p>{t('no_history')}</p>}
      <Timeline
        items={entries.map((entry) => ({
          key: String(entry.seq),
          content: <Happened entry={entry} object={object} context={context} />,
        }))}
      />
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
}

const deeds = { create: 'did_create', delete: 'did_delete', restore: 'did_restore' } as const;

function Happened({ entry, object, context }: { entry: Entry; object: ObjectInfo; context: CellContext }) {
  const t = useWords(words);
  const text = useText();
  const who = entry.actor_name || entry.actor;
  const deed = deeds[entry.kind as keyof typeof deeds] ?? 'did_update';
  const changed = object.fields.filter((f) => !sameValue(entry.before?.[f.key], entry.after?.[f.key]));
  const show = (field: (typeof changed)[number], value: Wire | undefined) =>
    showCell(field, value, context) || t('empty_value');
  return (
    <>
      <div>
        {t(deed, { who })} · <DateText value={entry.at} show="relative" />
      </div>
      {entry.kind === 'update' && (
        <ul className="time-line-change">
          {changed.map((field) => (
            <li key={field.key}>
              {t('named', { name: text(field.name) })}
              <del>{show(field, entry.before?.[field.key])}</del> → {show(field, entry.after?.[field.key])}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
