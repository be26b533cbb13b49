import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { App, Card } from 'antd';
import dayjs from 'dayjs';
import { keys } from '@/api/keys';
import { useMay, useMe } from '@/api/session';
import type { PersonDetail } from '@/api/types';
import { inZone } from '@/components/DateText';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { changePerson, peopleQuery, personQuery, setManagers, setMemberships, setPositions, unitsQuery } from './api';
import { PersonForm } from './PersonForm';
import { SpanEditor } from './SpanEditor';
import { fromWire } from './spans';
import { words } from './words';

/** One person: facts, and where they belong from when to when. */
export default function PersonPage() {
  const id = Number((useParams({ strict: false }) as { id?: string }).id);
  const query = useQuery(personQuery(id));
  return <Loaded query={query}>{(person) => <Content key={person.id} person={person} />}</Loaded>;
}

function Content({ person }: { person: PersonDetail }) {
  const t = useWords(words);
  const text = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const me = useMe();
  const readOnly = !useMay(['admin']);
  const maySeeRewards = useMay(['manager', 'finance']);
  const units = useQuery(unitsQuery).data ?? [];
  const people = useQuery(peopleQuery('')).data ?? [];
  const today = inZone(dayjs().toISOString(), me.organisation.time_zone).format('YYYY-MM-DD');
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.people }),
      client.invalidateQueries({ queryKey: keys.units }),
    ]);
  return (
    <>
      <PageHeader
        title={person.name}
        hint={[person.position, person.login && `${t('login')} ${person.login}`].filter(Boolean).join(' · ')}
        back={[t('people'), paths.people()]}
        actions={maySeeRewards && <Go href={paths.myRewards(person.id)}>{t('rewards')}</Go>}
      />
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
          gap: 24,
          alignItems: 'start',
        }}
      >
        <Card title={t('facts')}>
          <PersonForm
            person={person}
            readOnly={readOnly}
            onSave={async (input) => {
              await changePerson(person.id, input);
              await refresh();
              message.success(t('saved'));
            }}
          />
        </Card>
        <div>
          <SpanEditor
            title={t('memberships')}
            label={t('unit')}
            withLead
            readOnly={readOnly}
            today={today}
            options={units.map((u) => ({ value: u.id, label: `${text(u.name)} · ${t(u.kind)}` }))}
            spans={(person.memberships ?? []).map((m) => ({ id: m.unit_id, lead: m.lead, ...fromWire(m) }))}
            onSave={async (spans) => {
              await setMemberships(person.id, spans);
              await refresh();
            }}
          />
          <SpanEditor
            title={t('positions')}
            label={t('position')}
            exclusive
            typed
            readOnly={readOnly}
            today={today}
            options={[...new Set(people.map((p) => p.position).filter(Boolean))].map((p) => ({ value: p, label: p }))}
            spans={held(person).map((h) => ({ id: h.position, lead: false, ...fromWire(h) }))}
            onSave={async (spans) => {
              await setPositions(person.id, spans);
              await refresh();
            }}
          />
          <SpanEditor
            title={t('managers')}
            label={t('manager')}
            exclusive
            readOnly={readOnly}
            today={today}
            options={people.filter((p) => p.id !== person.id).map((p) => ({ value: p.id, label: p.name }))}
            spans={(person.managers ?? []).map((m) => ({ id: m.manager_id, lead: false, ...fromWire(m) }))}
            onSave={async (spans) => {
              await setManagers(person.id, spans);
              await refresh();
            }}
          />
        </div>
      </div>
    </>
  );
}

/** The positions of a person; one without dates is held always. */
function held(person: PersonDetail): { position: string; from?: string; to?: string | null }[] {
  if (person.positions && person.positions.length > 0) return person.positions;
  return person.position ? [{ position: person.position }] : [];
}
