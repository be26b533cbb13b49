import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { metricsQuery } from '@/api/plans';
import { faultsByField, isProblem } from '@/api/problem';
import type { Organisation } from '@/api/types';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { DayList } from './DayList';
import { weekdays } from './dayText';
import { organisationQuery } from './organisation';
import './settings.css';
import { words } from './workingWords';

/** When the company works: days of the week, hours, holidays and extra working days. */
export function WorkingTime() {
  const query = useQuery(organisationQuery);
  return <Loaded query={query}>{(facts) => <WorkingForm key={JSON.stringify(facts.working)} facts={facts} />}</Loaded>;
}

interface Calendar {
  days: string[];
  /** Beginning and end as they are typed. */
  hours: [string, string][];
  holidays: string[];
  workdays: string[];
}

/** What holds where nothing is said. */
const usual = { days: weekdays.slice(0, 5), hours: ['09:00-18:00'] };

function calendarOf({ working }: Organisation): Calendar {
  const hours = working?.hours?.length ? working.hours : usual.hours;
  return {
    days: working?.days?.length ? working.days : [...usual.days],
    hours: hours.map((each) => each.split('-') as [string, string]),
    holidays: working?.holidays ?? [],
    workdays: working?.workdays ?? [],
  };
}

function WorkingForm({ facts }: { facts: Organisation }) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [calendar, setCalendar] = useState(() => calendarOf(facts));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const change = (next: Partial<Calendar>) => {
    setCalendar({ ...calendar, ...next });
    setFaults({});
  };
  const changed = JSON.stringify(calendar) !== JSON.stringify(calendarOf(facts));
  const save = useMutation({
    mutationFn: (confirmed?: string) => {
      const working = { ...calendar, hours: calendar.hours.map(([from, to]) => `${from.trim()}-${to.trim()}`) };
      return read(api.PATCH('/organisation', { params: { query: { confirmed } }, body: { working } }));
    },
    onMutate: () => setFaults({}),
    onSuccess: (saved) => {
      client.setQueryData(organisationQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.metrics });
      message.success(t('saved'));
    },
    onError: (error) => !(isProblem(error) && error.changes) && setFaults(faultsByField(error)),
  });
  const faultAt = (field: string) =>
    Object.entries(faults).find(([at]) => at === field || at.startsWith(`${field}[`))?.[1];
  const setHours = (at: number, next: [string, string]) =>
    change({ hours: calendar.hours.map((each, i) => (i === at ? next : each)) });
  const general = Object.entries(faults).find(([at]) => !/^working\.(hours|holidays|workdays)/.test(at))?.[1];
  return (
    <Form layout="vertical" className="working-form" onFinish={() => save.mutate(undefined)}>
      <PastChangesDialog error={save.error} busy={save.isPending} confirm={save.mutate} close={save.reset} />
      {general && <Alert type="error" role="alert" title={general} style={{ marginBottom: 12 }} />}
      <Form.Item
        label={t('days')}
        validateStatus={calendar.days.length === 0 ? 'error' : undefined}
        help={calendar.days.length === 0 ? t('days_needed') : undefined}
      >
        <Checkbox.Group
          aria-label={t('days')}
          value={calendar.days}
          onChange={(days) => change({ days: weekdays.filter((each) => days.includes(each)) })}
          options={weekdays.map((value) => ({ value, label: t(value) }))}
        />
      </Form.Item>
      <Form.Item label={t('hours')} extra={t('hours_hint')}>
        <ul className="working-hours">
          {calendar.hours.map(([from, to], at) => {
            const fault = faults[`working.hours[${at}]`];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place in the day
              <li key={at}>
                <Input
                  aria-label={t('from', { n: at + 1 })}
                  value={from}
                  maxLength={5}
                  placeholder="09:00"
                  status={fault ? 'error' : undefined}
                  onChange={(event) => setHours(at, [event.target.value, to])}
                />
                <span>{t('until')}</span>
                <Input
                  aria-label={t('to', { n: at + 1 })}
                  value={to}
                  maxLength={5}
                  placeholder="18:00"
                  status={fault ? 'error' : undefined}
                  onChange={(event) => setHours(at, [from, event.target.value])}
                />
                {calendar.hours.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('remove_hours', { n: at + 1 })}
                    onClick={() => change({ hours: calendar.hours.filter((_, i) => i !== at) })}
                  />
                )}
                {fault && (
                  <span role="alert" className="field-fault">
                    {fault}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
        <Button size="small" icon={<PlusOutlined />} onClick={() => change({ hours: [...calendar.hours, ['', '']] })}>
          {t('add_hours')}
        </Button>
      </Form.Item>
      {(['holidays', 'workdays'] as const).map((kind) => (
        <DayList
          key={kind}
          kind={kind}
          days={calendar[kind]}
          week={calendar.days}
          fault={faultAt(`working.${kind}`)}
          onChange={(days) => change({ [kind]: days })}
        />
      ))}
      <MeasuredAgain />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={!changed || calendar.days.length === 0}
        >
          {t('save')}
        </Button>
        {changed && (
          <Button
            onClick={() => {
              setCalendar(calendarOf(facts));
              setFaults({});
            }}
          >
            {t('undo')}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** What follows the calendar. */
function MeasuredAgain() {
  const t = useWords(words);
  const metrics = (useQuery(metricsQuery).data ?? []).filter((each) => each.measure.clock === 'working');
  return (
    <Alert
      type="info"
      className="working-again"
      title={t('again')}
      description={
        <>
          {metrics.length === 0 ? (
            <p>{t('again_none')}</p>
          ) : (
            <p>
              {t('again_metrics')}{' '}
              {metrics.map((each) => (
                <Go key={each.key} href={paths.metric(each.key)} className="sample">
                  <TextOf text={each.name} />
                </Go>
              ))}
            </p>
          )}
          <p>{t('again_forecast')}</p>
        </>
      }
    />
  );
}
