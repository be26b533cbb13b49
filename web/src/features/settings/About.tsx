import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { statusQuery } from '@/api/session';
import { DateText } from '@/components/DateText';
import { Figure } from '@/components/Figure';
import { Loaded } from '@/components/Loaded';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** While the page is open the state is read again this often. */
const refreshMs = 2_000;

/** What the server counts, in the order in which a company is set up. */
const counted = ['objects', 'persons', 'units', 'metrics', 'plans', 'changes'] as const;

/** How the server is: version, database, and whether rewards are up to date. */
export function About() {
  const t = useWords(words);
  const query = useQuery({ ...statusQuery, refetchInterval: refreshMs });
  return (
    <Loaded query={query}>
      {({ version, database, engine, counts }) => (
        <>
          <Descriptions bordered column={1} style={{ maxWidth: 640 }}>
            <Descriptions.Item label={t('version')}>{version}</Descriptions.Item>
            <Descriptions.Item label={t('database')}>{database}</Descriptions.Item>
            <Descriptions.Item label={t('engine')}>
              {engine.lag > 0 ? t('engine_behind', { count: engine.lag }) : t('engine_current', { head: engine.head })}
            </Descriptions.Item>
            {engine.as_of && (
              <Descriptions.Item label={t('engine_at')}>
                <DateText value={engine.as_of} show="relative" />
              </Descriptions.Item>
            )}
            {engine.holder && <Descriptions.Item label={t('engine_holder')}>{engine.holder}</Descriptions.Item>}
            {counted.map((name) => (
              <Descriptions.Item key={name} label={t(`count_${name}`)}>
                <Figure number={counts[name] ?? 0} />
              </Descriptions.Item>
            ))}
          </Descriptions>
        </>
      )}
    </Loaded>
  );
}
