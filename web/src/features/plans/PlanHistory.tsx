import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '@/api/session';
import { inZone } from '@/components/DateText';
import { Loaded } from '@/components/Loaded';
import { useWords } from '@/lib/i18n';
import { planHistoryQuery } from './api';
import { words } from './words_review';

/** Who did what to a plan, when and why, the newest first; read when it is opened. */
export function PlanHistory({ planKey }: { planKey: string }) {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <details className="plan-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('history')}</summary>
      {open && <Entries planKey={planKey} />}
    </details>
  );
}

function Entries({ planKey }: { planKey: string }) {
  const t = useWords(words);
  const zone = useMe().organisation.time_zone;
  const query = useQuery(planHistoryQuery(planKey));
  return (
    <Loaded query={query}>
      {(history) => (
        <ol>
          {history.map((each) => (
            <li key={`${each.at} ${each.did}`}>
              <span className="quiet">{inZone(each.at, zone).format('YYYY-MM-DD HH:mm')}</span> {each.by}{' '}
              {each.until ? t('did_end_on', { day: each.until }) : t(`did_${each.did}`)}
              {each.note && <blockquote>{each.note}</blockquote>}
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
