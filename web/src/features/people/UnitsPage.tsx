import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, Select, Tag, Tree } from 'antd';
import { type ReactNode, useState } from 'react';
import { keys } from '@/api/keys';
import { faultsByField, formFaults } from '@/api/problem';
import { useMay } from '@/api/session';
import type { Unit } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useText } from '@/components/TextOf';
import { keyOf } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { changeUnit, createUnit, type UnitInput, unitsQuery } from './api';
import { type Branch, below, treeOf } from './tree';
import { words } from './words';

/** A unit as the tree shows it. */
interface Leaf {
  key: number;
  title: ReactNode;
  children: Leaf[];
}

/** Teams and departments as trees. */
export default function UnitsPage() {
  const t = useWords(words);
  const text = useText();
  const mayManage = useMay(['admin']);
  const query = useQuery(unitsQuery);
  const [open, setOpen] = useState<Unit | 'new' | null>(null);
  const add = mayManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
      {t('add_unit')}
    </Button>
  );
  const node = ({ unit, below: branches }: Branch): Leaf => ({
    key: unit.id,
    title: (
      <span>
        {mayManage ? (
          <button
            type="button"
            className="link-button"
            style={{ fontWeight: 500, padding: 0 }}
            aria-label={t('edit_unit', { name: text(unit.name) })}
            onClick={() => setOpen(unit)}
          >
            {text(unit.name) || unit.key}
          </button>
        ) : (
          text(unit.name) || unit.key
        )}{' '}
        <Tag>{t(unit.kind)}</Tag> <small>{t('members', { count: unit.members })}</small>
      </span>
    ),
    children: branches.map(node),
  });
  return (
    <>
      <PageHeader
        title={t('units')}
        actions={
          <>
            <Go href={paths.people()}>{t('everybody')}</Go>
            {add}
          </>
        }
      />
      <Loaded query={query}>
        {(units) => (
          <>
            {units.length === 0 ? (
              <EmptyState action={add}>{t('no_units')}</EmptyState>
            ) : (
              <section className="card">
                <Tree defaultExpandAll selectable={false} blockNode showLine treeData={treeOf(units).map(node)} />
              </section>
            )}
            <Drawer
              open={open !== null}
              onClose={() => setOpen(null)}
              title={open === 'new' || !open ? t('add_unit') : t('edit_unit', { name: text(open.name) })}
              destroyOnHidden
            >
              {open && <UnitForm unit={open === 'new' ? undefined : open} units={units} onDone={() => setOpen(null)} />}
            </Drawer>
          </>
        )}
      </Loaded>
    </>
  );
}

function UnitForm({ unit, units, onDone }: { unit?: Unit; units: Unit[]; onDone: () => void }) {
  const t = useWords(words);
  const text = useText();
  const client = useQueryClient();
  const [form] = Form.useForm<UnitInput>();
  const [fault, setFault] = useState('');
  const forbidden = unit ? below(units, unit.id) : new Set<number>();
  const save = async (typed: UnitInput) => {
    setFault('');
    try {
      const name = { zh: typed.name.zh || typed.name.en, en: typed.name.en || typed.name.zh };
      const parent_id = typed.parent_id ?? 0;
      if (unit) await changeUnit(unit.id, { key: typed.key, name, parent_id });
      else await createUnit({ kind: typed.kind, key: typed.key || keyOf(name.en, name.zh), name, parent_id });
      await client.invalidateQueries({ queryKey: keys.units });
      onDone();
    } catch (error) {
      form.setFields(formFaults(error) as Parameters<typeof form.setFields>[0]);
      setFault(faultsByField(error)[''] ?? '');
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={unit ? { ...unit, parent_id: unit.parent_id || undefined } : { kind: 'team' }}
      onFinish={(typed) => void save(typed)}
    >
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
      <Form.Item name="kind" label={t('kind')}>
        <Select
          disabled={Boolean(unit)}
          options={(['team', 'department'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </Form.Item>
      <Form.Item
        name={['name', 'zh']}
        label={t('name_zh')}
        rules={[{ required: true, whitespace: true, message: t('required') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={t('name_en')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="key" label={t('unit_key')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="parent_id" label={t('parent')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={units
            .filter((u) => !forbidden.has(u.id))
            .map((u) => ({ value: u.id, label: `${text(u.name)} · ${t(u.kind)}` }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('save')}
      </Button>
    </Form>
  );
}
