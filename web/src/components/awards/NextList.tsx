import type { MyProgress } from '@/api/types';
import { formatNumber, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from '../Go';
import { ProgressBar } from '../ProgressBar';
import { TextOf, useText } from '../TextOf';
import { isKeptBack } from './keptBack';
import { words } from './words';

/** What comes next in each plan: how far, and what to do for it. */
export function NextList({ progress, who }: { progress: readonly MyProgress[]; who?: boolean }) {
  return (
    <ul className="next-list">
      {progress.map((each) => (
        <NextLine
          key={`${each.plan.key}/${each.period.label}/${each.subject.kind}/${each.subject.id}`}
          next={each}
          who={who}
        />
      ))}
    </ul>
  );
}

/** `who` names the person: for lists about several people. */
function NextLine({ next, who }: { next: MyProgress; who?: boolean }) {
  const t = useWords(words);
  const text = useText();
  const language = useLanguage();
  const name = text(next.plan.name);
  const ranked = next.plan.shape === 'rank' && next.rank > 0;
  const figure = (value: string) => (language === 'en' ? formatNumber(value).replace(/ %$/, '%') : formatNumber(value));
  const figures = next.target ? `${figure(next.value)} / ${figure(next.target)}` : figure(next.value);
  return (
    <li className="next-line">
      <div className="next-gauge">
        {ranked ? (
          <span className="next-rank" title={t('rank_of', { rank: next.rank, of: next.of })}>
            <b>#{next.rank}</b> / {next.of}
          </span>
        ) : isKeptBack(next) ? null : (
          <ProgressBar
            permille={next.ratio}
            label={t('progress_of', { plan: name })}
            valueText={figures}
            done={next.done}
          />
        )}
      </div>
      <div className="next-plan">
        {who && next.subject.kind === 'person' && (
          <Go href={paths.myRewards(next.subject.id)} className="next-who">
            {next.subject.name}
          </Go>
        )}{' '}
        {!ranked && <span className="figure">{figures}</span>}{' '}
        <Go href={paths.plan(next.plan.key, next.period.label)}>{name}</Go>
        <span className="quiet">
          {' '}
          {formatPeriod(next.period.label, language)}
          {next.subject.kind !== 'person' && ` · ${next.subject.name}`}
        </span>
      </div>
      <p className="next-sentence">
        <TextOf text={next.sentence} />
      </p>
      <div className="next-open">
        {ranked ? (
          <Go href={paths.plan(next.plan.key, next.period.label)}>{t('standing')}</Go>
        ) : (
          next.records_link.object && (
            <Go href={paths.records(next.records_link.object, next.records_link.filter)}>
              {next.subject.kind === 'person' ? t('which') : t('contributed')}
            </Go>
          )
        )}
      </div>
    </li>
  );
}
