import { DownOutlined, FilterOutlined, ImportOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { useParams, useSearch } from '@tanstack/react-router';
import { Grid as Breakpoints, Button, Checkbox, Input, Popover, Tag } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useMay } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import { type ObjectInfo, titleField } from '@/features/objects/model';
import { useObjectInfos } from '@/features/objects/queries';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Cards } from './Cards';
import { useCellContext } from './cellContext';
import {
  type Condition,
  conditionWords,
  operatorsOf,
  readConditions,
  readSort,
  sortText,
  whereOf,
} from './filter/conditions';
import { FilterPanel } from './filter/FilterPanel';
import { useHidden } from './grid/columns';
import { Grid } from './grid/Grid';
import { NewRecord } from './NewRecord';
import { useRows } from './useRows';
import { words } from './words';
import './grid/grid.css';

/** Wait this long after the last key before searching. */
const pauseMs = 250;

/** Records of one object: grid on a desk, cards on a phone. What is filtered, sorted and searched stands in the address. */
export default function ObjectPage() {
  const t = useWords(words);
  const { object: key = '' } = useParams({ strict: false }) as { object?: string };
  const { objects, waiting, error, retry } = useObjectInfos();
  const object = objects.find((o) => o.key === key);
  if (object) return <Records key={object.key} object={object} objects={objects} />;
  if (error) return <ErrorState error={error} retry={retry} />;
  if (waiting) return <Pending />;
  return <EmptyState>{t('no_object')}</EmptyState>;
}

interface Asked {
  filter?: string;
  where?: string;
  sort?: string;
  search?: string;
}

function Records({ object, objects }: { object: ObjectInfo; objects: ObjectInfo[] }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const mayDefine = useMay(['designer']);
  const mayImport = useMay(['designer', 'manager']);
  const mayWrite = useMay(['designer', 'manager', 'employee']);
  const phone = Breakpoints.useBreakpoint().md === false;
  const asked = useSearch({ strict: false }) as Asked;
  const conditions = useMemo(() => readConditions(asked.where), [asked.where]);
  const sort = useMemo(() => readSort(asked.sort), [asked.sort]);
  const rows = useRows(object.key, {
    filter: asked.filter,
    where: whereOf(conditions, object.fields),
    sort: sortText(sort),
    search: asked.search,
  });
  const { store } = rows;
  const context = useCellContext(store.labels);
  const [hidden, setHidden] = useHidden(object.key);
  const [adding, setAdding] = useState(false);
  const [filtering, setFiltering] = useState<{ with?: Condition[] } | null>(null);

  const ask = (next: Asked) => {
    const pairs = Object.entries({ ...asked, ...next }).filter((e): e is [string, string] => Boolean(e[1]));
    const query = new URLSearchParams(pairs).toString();
    go(`${paths.records(object.key)}${query ? `?${query}` : ''}`, { replace: true });
  };
  const narrowed = Boolean(asked.filter || asked.search || conditions.length > 0);
  const filterBy = (field: string) => {
    const found = object.fields.find((f) => f.key === field);
    if (found) setFiltering({ with: [...conditions, { field, op: operatorsOf(found)[0] ?? 'eq' }] });
  };
  const filters = conditions.length + (asked.filter ? 1 : 0);
  const empty = store.complete && store.rows.length === 0;

  return (
    <div className="object-page">
      <PageHeader
        title={text(object.name) || object.key}
        actions={
          <>
            {mayDefine && (
              <Button type="text" onClick={() => go(`${paths.objectSettings()}/${object.key}`)}>
                {t('edit_fields')}
              </Button>
            )}
            {mayImport && (
              <Button icon={<ImportOutlined />} onClick={() => go(`${paths.imports()}?object=${object.key}`)}>
                {t('import')}
              </Button>
            )}
            {mayWrite && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t('add')}
              </Button>
            )}
          </>
        }
      />
      <div className="object-tools">
        <SearchBox
          label={t('search_in', { name: text(object.name) })}
          value={asked.search ?? ''}
          onSearch={(search) => ask({ search })}
        />
        <Popover
          trigger="click"
          placement="bottomLeft"
          open={filtering !== null}
          onOpenChange={(open) => setFiltering(open ? {} : null)}
          destroyOnHidden
          // An empty content would keep the button from opening; the panel is made anew each time it opens.
          content={
            <FilterPanel
              object={object}
              conditions={filtering?.with ?? conditions}
              formula={asked.filter ?? ''}
              context={context}
              onLabel={(field, id, name) => store.mergeLabels({ [field]: { [id]: name } })}
              onApply={(list, filter) => {
                setFiltering(null);
                ask({ where: whereOf(list, object.fields) ?? '', filter });
              }}
            />
          }
        >
          <Button icon={<FilterOutlined />}>{filters > 0 ? t('filter_count', { n: filters }) : t('filter')}</Button>
        </Popover>
        {!phone && (
          <Popover
            trigger="click"
            placement="bottomLeft"
            content={<Columns object={object} hidden={hidden} onChange={setHidden} />}
          >
            <Button icon={<DownOutlined />} iconPlacement="end">
              {t('columns')}
            </Button>
          </Popover>
        )}
        <div className="object-chips">
          {conditions.map((condition, at) => (
            <Tag
              // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
              key={at}
              closable
              onClose={() =>
                ask({
                  where:
                    whereOf(
                      conditions.filter((_, i) => i !== at),
                      object.fields,
                    ) ?? '',
                })
              }
            >
              {conditionWords(condition, object.fields, context)}
            </Tag>
          ))}
          {asked.filter && (
            <Tag closable onClose={() => ask({ filter: '' })}>
              <code>{asked.filter}</code>
            </Tag>
          )}
        </div>
        {rows.unseen > 0 && (
          <Button type="link" icon={<ReloadOutlined />} onClick={rows.refresh}>
            {t('new_rows', { count: rows.unseen })}
          </Button>
        )}
      </div>
      {store.error && store.rows.length === 0 ? (
        <ErrorState error={store.error} retry={() => store.retry()} />
      ) : !store.started ? (
        <Pending rows={10} />
      ) : empty ? (
        <EmptyState
          action={
            narrowed ? (
              <Button type="primary" onClick={() => ask({ filter: '', where: '', search: '' })}>
                {t('clear_filter')}
              </Button>
            ) : mayImport ? (
              <Button
                type="primary"
                icon={<ImportOutlined />}
                onClick={() => go(`${paths.imports()}?object=${object.key}`)}
              >
                {t('import')}
              </Button>
            ) : (
              mayWrite && (
                <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                  {t('add')}
                </Button>
              )
            )
          }
        >
          {narrowed
            ? t('nothing_found')
            : t(mayImport ? 'empty' : mayWrite ? 'empty_add' : 'empty_read', { name: text(object.name) })}
        </EmptyState>
      ) : phone ? (
        <Cards object={object} store={store} revision={rows.revision} />
      ) : (
        <Grid
          object={object}
          objects={objects}
          store={store}
          revision={rows.revision}
          hidden={hidden}
          readOnly={!mayWrite}
          sort={sort}
          onSort={(field, descending) =>
            ask({ sort: descending === null ? '' : (sortText([{ field, descending }]) ?? '') })
          }
          onFilter={filterBy}
          onHide={(field) => setHidden([...hidden, field])}
        />
      )}
      <NewRecord
        object={object}
        open={adding}
        onClose={() => setAdding(false)}
        onCreated={(row) => store.insert(row)}
      />
    </div>
  );
}

function SearchBox({ label, value, onSearch }: { label: string; value: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts the clock
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onSearch(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Input.Search
      aria-label={label}
      placeholder={label}
      allowClear
      value={typed}
      maxLength={200}
      onChange={(e) => setTyped(e.target.value)}
      onSearch={(text) => onSearch(text.trim())}
      style={{ maxWidth: 260 }}
    />
  );
}

function Columns({
  object,
  hidden,
  onChange,
}: {
  object: ObjectInfo;
  hidden: string[];
  onChange: (hidden: string[]) => void;
}) {
  const t = useWords(words);
  const text = useText();
  const title = titleField(object);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 6, maxHeight: 360, overflow: 'auto' }}>
      {object.fields
        .filter((f) => f !== title)
        .map((f) => (
          <Checkbox
            key={f.key}
            checked={!hidden.includes(f.key)}
            onChange={(e) => onChange(e.target.checked ? hidden.filter((k) => k !== f.key) : [...hidden, f.key])}
          >
            {text(f.name) || f.key}
          </Checkbox>
        ))}
      <Button size="small" onClick={() => onChange([])}>
        {t('show_all_columns')}
      </Button>
    </div>
  );
}
