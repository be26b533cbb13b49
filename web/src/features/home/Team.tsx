import { useQuery } from '@tanstack/react-query';
import { myTeamQuery } from '@/api/awards';
import { NextList } from '@/components/awards/NextList';
import { TeamTable } from '@/components/awards/TeamTable';
import { Go } from '@/components/Go';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** How much of each list the home page shows. */
const closeShown = 4;
const peopleShown = 5;

/** A manager's people at a glance; nothing for somebody who manages nobody. */
export function Team() {
  const t = useWords(words);
  const team = useQuery(myTeamQuery).data;
  if (!team || team.total === 0) return null;
  return (
    <section className="card">
      <h2>{t('team')}</h2>
      {team.close.length > 0 && (
        <>
          <h3 className="section-title">{t('team_close')}</h3>
          <NextList progress={team.close.slice(0, closeShown)} who />
        </>
      )}
      <h3 className="section-title home-next">{t('team_earned')}</h3>
      <TeamTable team={team} rows={peopleShown} />
      <p className="card-more">
        <Go href={paths.myTeam()}>{t('team_all', { count: team.total })} →</Go>
      </p>
    </section>
  );
}
