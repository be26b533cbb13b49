import { Timeline } from 'antd';
import { useMay } from '@/api/session';
import type { PlanDetail } from '@/api/types';
import { DateText } from '@/components/DateText';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { CompareVersions } from './CompareVersions';
import { PlanHistory } from './PlanHistory';
import { words } from './words';
import { words as reviewWords } from './words_review';

/** Every version as the sentence that it promised; nothing that was published disappears. */
export function PlanVersions({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const said = useWords(reviewWords);
  const designs = useMay(['designer']);
  return (
    <section className="card">
      <h2>{t('versions')}</h2>
      <Timeline
        className="plan-versions"
        items={plan.versions.map((version) => ({
          key: version.no,
          color: version.status === 'published' ? 'green' : 'gray',
          content: (
            <>
              <strong>{t('version', { no: version.no })}</strong> <StateTag state={version.status} />{' '}
              <span className="quiet">
                {version.published_at &&
                  version.effective_from &&
                  t(version.definition.begins === 'at_once' ? 'effective_at_once' : 'effective', {
                    day: version.effective_from,
                  })}
                {version.published_at && (
                  <>
                    {' · '}
                    {version.published_by} <DateText value={version.published_at} />
                    {version.review && ` · ${said('from_review', { who: version.review.by })}`}
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
      {designs && <PlanHistory planKey={plan.key} />}
    </section>
  );
}
