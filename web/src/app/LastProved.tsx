import { useQuery } from '@tanstack/react-query';
import { useContext } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { MeContext } from '@/api/session';
import type { Proofs } from '@/api/types';
import { inZone } from '@/components/DateText';
import { Go } from '@/components/Go';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** A line at the rail's foot: when the figures were last proved. Nothing while they never were: the page says that. */
export function LastProved() {
  const t = useWords(words);
  const zone = useContext(MeContext)?.organisation.time_zone;
  const { data } = useQuery({ queryKey: keys.proofs, queryFn: (): Promise<Proofs> => read(api.GET('/proofs')) });
  const last = data?.last;
  if (!last?.counts) return null;
  const at = inZone(last.started_at, zone).format('MM-DD HH:mm');
  const count = last.counts.differences;
  return (
    <Go href={paths.proof()} className="rail-proved">
      {count === 0 ? t('proved_agrees', { at }) : t('proved_differs', { at, count })}
    </Go>
  );
}
