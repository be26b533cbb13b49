import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Grid, Input, Table } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useMay } from '@/api/session';
import type { Person } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { createPerson, peopleQuery } from './api';
import { PersonForm } from './PersonForm';
import { words } from './words';

const pageSize = 50;

/** Everybody, with today's team and manager. */
export default function PeoplePage() {
  const t = useWords(words);
  const go = useGo();
  const mayManage = useMay(['admin']);
  const phone = Grid.useBreakpoint().md === false;
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const query = useQuery(peopleQuery(search));
  const [adding, setAdding] = useState(false);
  const add = mayManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('add_person')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('people')}
        hint={t('hint')}
        actions={
          <>
            <Go href={paths.units()}>{t('units')}</Go>
            {mayManage && <Go href={`${paths.imports()}?people=1`}>{t('import')}</Go>}
            {add}
          </>
        }
      />
      <Input.Search
        aria-label={t('search')}
        placeholder={t('search')}
        allowClear
        maxLength={200}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        style={{ maxWidth: 320, marginBottom: 16 }}
      />
      <Loaded query={query}>
        {(people) =>
          people.length === 0 ? (
            <EmptyState action={search ? undefined : add}>{search ? t('nobody_found') : t('no_people')}</EmptyState>
          ) : phone ? (
            <ul>
              {people.map((p) => (
                <li key={p.id} style={{ padding: '10px 0', borderBottom: '1px solid var(--hairline)' }}>
                  <Go href={paths.person(p.id)}>{p.name}</Go> <small>{p.position}</small>
                  <div>
                    <small>{[...p.departments, ...p.teams].map((u) => u.name).join(' · ')}</small>
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <Table<Person>
              rowKey="id"
              dataSource={people}
              pagination={people.length > pageSize ? { pageSize, showSizeChanger: false } : false}
              scroll={{ x: 820 }}
              columns={[
                {
                  title: t('name'),
                  sorter: (a, b) => a.name.localeCompare(b.name, 'zh'),
                  render: (_, p) => <Go href={paths.person(p.id)}>{p.name}</Go>,
                },
                { title: t('key'), dataIndex: 'key' },
                { title: t('position'), dataIndex: 'position' },
                { title: t('department'), render: (_, p) => p.departments.map((u) => u.name).join('、') },
                { title: t('team'), render: (_, p) => p.teams.map((u) => u.name).join('、') },
                {
                  title: t('manager'),
                  render: (_, p) => p.manager && <Go href={paths.person(p.manager.id)}>{p.manager.name}</Go>,
                },
                { title: t('email'), dataIndex: 'email' },
              ]}
            />
          )
        }
      </Loaded>
      <Drawer open={adding} onClose={() => setAdding(false)} title={t('add_person')} destroyOnHidden>
        <PersonForm
          onCancel={() => setAdding(false)}
          onSave={async (input) => {
            const person = await createPerson(input);
            go(paths.person(person.id));
          }}
        />
      </Drawer>
    </>
  );
}
