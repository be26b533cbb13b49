import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Table } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { ExchangeRate, ExchangeRates } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { TextOf } from '@/components/TextOf';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { RateForm, type RateStart } from './RateForm';
import { RateImport } from './RateImport';
import { byCurrency, deleteRate, ratesQuery, saveRate } from './rates';
import './finance.css';
import { words } from './rateWords';

const pageSize = 24;

/** 汇率: what other currencies are worth, since when, and where a rate is missing. */
export default function RatesPage() {
  const query = useQuery(ratesQuery);
  return <Loaded query={query}>{(rates) => <Rates rates={rates} />}</Loaded>;
}

function Rates({ rates }: { rates: ExchangeRates }) {
  const t = useWords(words);
  const [form, setForm] = useState<RateStart | null>(null);
  const [importing, setImporting] = useState(false);
  const groups = byCurrency(rates.items, rates.today);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({ from: rates.today })}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        hint={t('hint', { currency: rates.currency })}
        actions={
          rates.editable && (
            <>
              <Button onClick={() => setImporting(true)}>{t('import')}</Button>
              {groups.length > 0 && add}
            </>
          )
        }
      />
      <Missing rates={rates} onMend={rates.editable ? setForm : undefined} />
      <section className="card">
        {groups.length === 0 ? (
          <EmptyState example={t('example')} action={rates.editable && add}>
            {t('none', { currency: rates.currency })}
          </EmptyState>
        ) : (
          groups.map((group) => (
            <Currency
              key={group.currency}
              {...group}
              base={rates.currency}
              onEdit={rates.editable ? (rate) => setForm({ ...rate, fixed: true }) : undefined}
            />
          ))
        )}
      </section>
      {form && <RateForm start={form} base={rates.currency} onClose={() => setForm(null)} />}
      {importing && <RateImport onClose={() => setImporting(false)} />}
    </>
  );
}

function Missing({ rates, onMend }: { rates: ExchangeRates; onMend?: (start: RateStart) => void }) {
  const t = useWords(words);
  if (rates.missing.length === 0) return null;
  const firsts = new Map<string, string>();
  for (const each of rates.missing) {
    const known = firsts.get(each.currency);
    if (!known || each.first < known) firsts.set(each.currency, each.first);
  }
  return (
    <Alert
      type="error"
      className="rates-missing"
      title={t('missing')}
      description={
        <>
          <ul>
            {rates.missing.map((each) => (
              <li key={`${each.currency}/${each.metric.key}`}>
                {t('missing_line', {
                  currency: each.currency,
                  first: each.first,
                  last: each.last,
                  count: each.records,
                })}
                {' · '}
                <Go href={paths.metric(each.metric.key)}>
                  <TextOf text={each.metric.name} />
                </Go>
              </li>
            ))}
          </ul>
          {onMend &&
            [...firsts].map(([currency, from]) => (
              <Button key={currency} onClick={() => onMend({ currency, from })}>
                {t('mend', { currency })}
              </Button>
            ))}
        </>
      }
    />
  );
}

interface CurrencyProps {
  currency: string;
  base: string;
  rates: ExchangeRate[];
  now?: ExchangeRate;
  onEdit?: (rate: ExchangeRate) => void;
}

/** One currency: what it is worth now, and its rates once it is opened. */
function Currency({ currency, base, rates, now, onEdit }: CurrencyProps) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const shown = now ?? rates.at(-1);
  const remove = async (rate: ExchangeRate) => {
    try {
      await deleteRate(rate.id);
      const key = `rate-${rate.id}`;
      const undo = async () => {
        message.destroy(key);
        await saveRate({ currency, from: rate.from, rate: rate.rate });
        await client.invalidateQueries({ queryKey: keys.rates });
      };
      message.success({
        key,
        duration: 8,
        content: (
          <>
            {t('removed', { currency, day: rate.from })}{' '}
            <Button type="link" size="small" onClick={() => void undo()}>
              {t('undo')}
            </Button>
          </>
        ),
      });
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
    await client.invalidateQueries({ queryKey: keys.rates });
  };
  return (
    <details className="accrual-plan">
      <summary>
        <span>
          {t('one_is', { currency })}{' '}
          <strong className="figure">
            {formatNumber(shown?.rate)} {base}
          </strong>{' '}
          <span className="quiet figure">{t(now ? 'since' : 'coming', { day: shown?.from ?? '' })}</span>
        </span>
        <span className="quiet">{t('count', { count: rates.length })}</span>
      </summary>
      <Table<ExchangeRate>
        rowKey="id"
        size="small"
        className="rates-table"
        dataSource={rates}
        pagination={rates.length > pageSize ? { pageSize, showSizeChanger: false } : false}
        columns={[
          {
            title: t('col_from'),
            dataIndex: 'from',
            className: 'figure',
            render: (from: string, rate) => (
              <>
                {from} {rate.id === now?.id && <span className="quiet">{t('holds')}</span>}
              </>
            ),
          },
          {
            title: t('col_until'),
            dataIndex: 'until',
            className: 'figure',
            render: (until?: string) => until ?? <span className="quiet">{t('open')}</span>,
          },
          {
            title: t('col_rate', { currency }),
            dataIndex: 'rate',
            align: 'right',
            className: 'figure',
            render: (rate: string) => `${formatNumber(rate)} ${base}`,
          },
          ...(onEdit
            ? [
                {
                  key: 'acts',
                  title: '',
                  width: 96,
                  render: (_: unknown, rate: ExchangeRate) => (
                    <span className="rates-acts">
                      <Button
                        type="text"
                        icon={<EditOutlined />}
                        aria-label={t('edit', { day: rate.from })}
                        onClick={() => onEdit(rate)}
                      />
                      <Button
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={t('remove', { day: rate.from })}
                        onClick={() => void remove(rate)}
                      />
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </details>
  );
}
