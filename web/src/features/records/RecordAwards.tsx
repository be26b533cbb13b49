import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { keys } from '@/api/keys';
import { Figure } from '@/components/Figure';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { awardsOf } from './api';
import { words } from './words';

/** Awards that rest on a record, each a link to its reasons. */
export function RecordAwards({ object, id }: { object: string; id: number }) {
  const t = useWords(words);
  const query = useQuery({ queryKey: [...keys.awards, 'record', object, id], queryFn: () => awardsOf(object, id) });
  return (
    <Card title={t('awards')}>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('no_awards')}</p>
          ) : (
            <ul className="time-line-change">
              {items.map((award) => (
                <li key={award.id} style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
                  <Go href={paths.award(award.id)}>
                    <TextOf text={award.plan.name} />
                  </Go>
                  <span>{award.subject.name}</span>
                  <Figure amount={award.amount} hidden={award.hidden} href={paths.award(award.id)} gold />
                  <StateTag state={award.state} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
