import { Timeline } from 'antd';
import type { PlanDetail, PlanVersion } from '@/api/types';
import { DateText } from '@/components/DateText';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { CompareVersions } from './CompareVersions';
import { words } from './words';

/** Every version as the sentence that it promised; nothing that was published disappears. */
export function PlanVersions({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  // Newest first: the first published one is in force, those behind it gave way.
  const inForce = plan.versions.find((version) => version.status === 'published')?.no;
  const stateOf = (version: PlanVersion) =>
    version.status === 'published' && version.no !== inForce ? 'superseded' : version.status;
  return (
    <section className="card">
      <h2>{t('versions')}</h2>
      <Timeline
        className="plan-versions"
        items={plan.versions.map((version) => ({
          key: version.no,
          color: version.no === inForce ? 'green' : 'gray',
          content: (
            <>
              <strong>{t('version', { no: version.no })}</strong> <StateTag state={stateOf(version)} />{' '}
              <span className="quiet">
                {version.effective_from && t('effective', { day: version.effective_from })}
                {version.published_at && (
                  <>
                    {' · '}
                    {version.published_by} <DateText value={version.published_at} />
                  </>
                )}
              </span>
              <p>
                <TextOf text={version.sentence} />
              </p>
            </>
          ),
        }))}
      />
      {plan.versions.length > 1 && <CompareVersions versions={plan.versions} />}
    </section>
  );
}
