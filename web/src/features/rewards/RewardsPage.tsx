import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { myRewardsQuery } from '@/api/awards';
import { useMay, useMe } from '@/api/session';
import type { MyRewards } from '@/api/types';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { EarnedSummary } from '@/components/awards/EarnedSummary';
import { laterLast } from '@/components/awards/earned';
import { NextList } from '@/components/awards/NextList';
import { OwnLeftOut } from '@/components/awards/OwnLeftOut';
import { StatementNote } from '@/components/awards/StatementNote';
import { useToday } from '@/components/DateText';
import { EmptyState } from '@/components/EmptyState';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { PersonSelect } from '@/components/PersonSelect';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import './rewards.css';
import { TeamTab } from './TeamTab';
import { words } from './words';

/** 我的奖励: what I earned, what comes next, and why. A manager may look at somebody of theirs. */
export default function RewardsPage() {
  const t = useWords(words);
  const go = useGo();
  const me = useMe();
  const search = useSearch({ strict: false }) as { person?: string; tab?: string };
  const person = Number(search.person) || undefined;
  const mayChoose = useMay(['manager', 'finance', 'designer']);
  const manages = useMay(['manager']) && me.person !== undefined;
  const team = manages && search.tab === 'team';
  const shown = person ?? me.person?.id;
  const query = useQuery({ ...myRewardsQuery(person), enabled: shown !== undefined && !team });
  const name = query.data?.person.name;

  return (
    <>
      <PageHeader
        title={team ? t('tab_team') : person && person !== me.person?.id && name ? t('title_of', { name }) : t('title')}
        actions={
          mayChoose && (
            <PersonSelect
              value={person}
              label={t('choose')}
              onChange={(id) => go(paths.myRewards(id === me.person?.id ? undefined : id))}
            />
          )
        }
      />
      {manages && (
        <Segmented
          className="reward-tabs"
          aria-label={t('title')}
          value={team ? 'team' : 'mine'}
          onChange={(tab) => go(tab === 'team' ? paths.myTeam() : paths.myRewards(), { replace: true })}
          options={[
            { value: 'mine', label: t('tab_mine') },
            { value: 'team', label: t('tab_team') },
          ]}
        />
      )}
      {team ? (
        <TeamTab />
      ) : shown === undefined ? (
        <section className="card">
          <EmptyState>{t('no_person')}</EmptyState>
        </section>
      ) : (
        <Loaded query={query}>{(rewards) => <Content rewards={rewards} person={shown} />}</Loaded>
      )}
    </>
  );
}

function Content({ rewards, person }: { rewards: MyRewards; person: number }) {
  const t = useWords(words);
  const go = useGo();
  const progress = rewards.progress ?? [];
  const zone = useMe().organisation.time_zone;
  const recent = laterLast(rewards.recent ?? [], zone, useToday());
  return (
    <>
      <StatementNote rewards={rewards} />
      <section className="card">
        <EarnedSummary rewards={rewards} person={person} />
      </section>
      <section className="card">
        <h2>{t('next')}</h2>
        {progress.length > 0 ? <NextList progress={progress} /> : <p className="quiet">{t('no_plan')}</p>}
        <OwnLeftOut list={rewards.left_out} />
      </section>
      <section className="card">
        <h2>{t('recent')}</h2>
        {recent.length > 0 ? (
          <>
            <AwardList awards={recent} label={t('recent')} />
            <p className="card-more">
              <Go href={paths.awards({ person, state: 'all' })}>{t('all')}</Go>
            </p>
          </>
        ) : (
          <EmptyState
            example={t('none_example')}
            action={<Button onClick={() => go(paths.plans())}>{t('plans')}</Button>}
          >
            {t('none')}
          </EmptyState>
        )}
      </section>
    </>
  );
}
