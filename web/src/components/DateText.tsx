import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { useContext } from 'react';
import { MeContext } from '@/api/session';
import { useWords } from '@/lib/i18n';
import { words } from './words';

dayjs.extend(utc);
dayjs.extend(timezone);

interface Props {
  /** A day ("2026-03-31") or an instant (RFC 3339). */
  value: string | null | undefined;
  /** "relative" shows "3 hours ago" within a week and the exact time on hover. */
  show?: 'date' | 'time' | 'relative' | 'short';
}

/** Days and times in the organisation's time zone. */
export function DateText({ value, show = 'date' }: Props) {
  const zone = useContext(MeContext)?.organisation.time_zone;
  const t = useWords(words);
  if (!value) return <>—</>;
  if (!value.includes('T')) return <time dateTime={value}>{show === 'short' ? value.slice(5) : value}</time>;
  const local = inZone(value, zone);
  const exact = local.format('YYYY-MM-DD HH:mm');
  let shown = exact;
  if (show === 'date') shown = local.format('YYYY-MM-DD');
  if (show === 'short') shown = local.format('MM-DD');
  if (show === 'relative') {
    const minutes = dayjs().diff(local, 'minute');
    if (minutes >= 0 && minutes < 1) shown = t('just_now');
    else if (minutes >= 1 && minutes < 60) shown = t('minutes_ago', { count: minutes });
    else if (minutes >= 60 && minutes < 24 * 60) shown = t('hours_ago', { count: Math.floor(minutes / 60) });
    else if (minutes >= 24 * 60 && minutes < 7 * 24 * 60) shown = t('days_ago', { count: Math.floor(minutes / 1440) });
    else shown = local.format('YYYY-MM-DD');
  }
  return (
    <time dateTime={value} title={exact}>
      {shown}
    </time>
  );
}

/** Today in the organisation's time zone. */
export function useToday(): string {
  const zone = useContext(MeContext)?.organisation.time_zone;
  return inZone(new Date().toISOString(), zone).format('YYYY-MM-DD');
}

/** An instant in the organisation's time zone; in the browser's where the zone is unknown to it. */
export function inZone(instant: string, zone: string | undefined): dayjs.Dayjs {
  if (!zone) return dayjs(instant);
  try {
    return dayjs(instant).tz(zone);
  } catch {
    return dayjs(instant);
  }
}
