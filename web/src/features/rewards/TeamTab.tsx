import { useQuery } from '@tanstack/react-query';
import { myTeamQuery } from '@/api/awards';
import { NextList } from '@/components/awards/NextList';
import { TeamTable } from '@/components/awards/TeamTable';
import { words as parts } from '@/components/awards/words';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Loaded } from '@/components/Loaded';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { words } from './words';

/** 我的团队: who earned what this quarter, and who needs little for the next reward. */
export function TeamTab() {
  const t = useWords(words);
  const p = useWords(parts);
  const language = useLanguage();
  const query = useQuery(myTeamQuery);
  return (
    <Loaded query={query}>
      {(team) =>
        team.total === 0 ? (
          <section className="card">
            <EmptyState>{t('team_none')}</EmptyState>
          </section>
        ) : (
          <>
            <section className="card">
              <h2>{t('team_close')}</h2>
              {team.close.length > 0 ? (
                <NextList progress={team.close} who />
              ) : (
                <p className="quiet">{t('team_close_none')}</p>
              )}
            </section>
            <section className="card">
              <h2>
                {t('team_earned', { count: team.total })}{' '}
                <span className="quiet team-sum">
                  {p('earned', { period: formatPeriod(team.period.label, language) })} <Figure amount={team.earned} />
                </span>
              </h2>
              <TeamTable team={team} />
            </section>
          </>
        )
      }
    </Loaded>
  );
}
