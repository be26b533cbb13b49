import type { MyTeam, TeamMember } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Figure } from '../Figure';
import { Go } from '../Go';
import { TextOf } from '../TextOf';
import { howMuch, kinds } from './kinds';
import { words } from './words';

/** A manager's people: what each earned this quarter, and what each is closest to. */
export function TeamTable({ team, rows }: { team: MyTeam; rows?: number }) {
  const t = useWords(words);
  const language = useLanguage();
  const shown = rows ? team.people.slice(0, rows) : team.people;
  return (
    <>
      <table className="plain-table team-table">
        <thead>
          <tr>
            <th scope="col">{t('team_person')}</th>
            <th scope="col" className="num">
              {t('earned', { period: formatPeriod(team.period.label, language) })}
            </th>
            <th scope="col">{t('team_others')}</th>
            <th scope="col">{t('team_next')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((member) => (
            <Member key={member.person.id} member={member} team={team} />
          ))}
        </tbody>
      </table>
      {team.total > team.people.length && (
        <p className="quiet">{t('team_bound', { shown: team.people.length, count: team.total })}</p>
      )}
    </>
  );
}

function Member({ member, team }: { member: TeamMember; team: MyTeam }) {
  const t = useWords(words);
  const { person, next } = member;
  const { from, to } = team.period;
  const own = { person: person.id, own: true, from, to, state: 'granted' } as const;
  const others = kinds.filter((kind) => (member.counts[kind] ?? 0) > 0);
  return (
    <tr>
      <td className="team-person">
        <Go href={paths.myRewards(person.id)}>{person.name}</Go>
      </td>
      <td className="num team-earned">
        <Figure
          amount={member.earned}
          gold
          href={paths.awards({ ...own, kind: 'cash', currency: member.earned.currency })}
          label={person.name}
        />
      </td>
      <td className="team-others">
        {others.map((kind) => (
          <span key={kind} className="team-kind">
            <span className="quiet">{t(`kind_${kind}`)}</span>{' '}
            <Figure
              number={howMuch(kind, member.counts, member.figures)}
              href={paths.awards({ ...own, kind })}
              label={t(`kind_${kind}`)}
            />
          </span>
        ))}
      </td>
      <td className="team-next">
        {next && (
          <>
            <Go href={paths.plan(next.plan.key, next.period.label)}>
              <TextOf text={next.plan.name} />
            </Go>{' '}
            <span className="quiet">
              <TextOf text={next.sentence} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
