import { CloseOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { type Speak, useWords } from '@/lib/i18n';
import { readDays, runsOf, type Weekday, weekdayOf } from './dayText';
import { words } from './workingWords';

interface Props {
  kind: 'holidays' | 'workdays';
  days: readonly string[];
  /** Working days of the week: a holiday on another day changes nothing. */
  week: readonly string[];
  fault?: string;
  onChange: (days: string[]) => void;
}

const shownFaults = 3;

/** A list of days, by year, that grows by pasting. */
export function DayList({ kind, days, week, fault, onChange }: Props) {
  const t = useWords(words);
  const { message } = App.useApp();
  const title = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [added, setAdded] = useState(false);
  const add = () => {
    const read = readDays(text);
    const next = [...new Set([...days, ...read.days])].sort();
    if (read.days.length > 0) {
      onChange(next);
      const count = next.length - days.length;
      message.success(count > 0 ? t('added', { count }) : t('added_none'));
    }
    setWrong(read.wrong);
    setAdded(read.days.length > 0);
    setText(read.wrong.join('\n')); // what was not understood stays, to be mended
  };
  const works = (day: string) => week.includes(weekdayOf(day));
  const idle = days.filter((day) => works(day) === (kind === 'workdays')).length;
  const years = [...new Set(days.map((day) => day.slice(0, 4)))].sort().reverse();
  return (
    <section className="day-list" aria-labelledby={title}>
      <h3 id={title}>
        {t(kind)} {days.length > 0 && <span className="quiet">{t('days_count', { count: days.length })}</span>}
      </h3>
      {days.length === 0 && <p className="quiet">{t(`${kind}_none`)}</p>}
      {years.map((year) => (
        <div className="day-year" key={year}>
          <span className="quiet figure">{year}</span>
          <ul>
            {runsOf(days.filter((day) => day.startsWith(year))).map(([first, last]) => (
              <li key={first}>
                <Run first={first} last={last} />
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('remove_days', { days: first === last ? first : `${first} – ${last}` })}
                  onClick={() => onChange(days.filter((day) => day < first || day > last))}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {idle > 0 && <p className="quiet">{t(`${kind}_idle`, { count: idle })}</p>}
      {fault && (
        <p role="alert" className="field-fault">
          {fault}
        </p>
      )}
      <div className="day-paste">
        <Input.TextArea
          aria-label={`${t(kind)} · ${t('paste')}`}
          placeholder={t(`${kind}_example`)}
          value={text}
          autoSize={{ minRows: 2, maxRows: 12 }}
          status={wrong.length > 0 ? 'error' : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setWrong([]);
          }}
        />
        <Button disabled={text.trim() === ''} onClick={add}>
          {t('add_days')}
        </Button>
      </div>
      {wrong.length > 0 ? (
        <p role="alert" className="field-fault">
          {t(added ? 'wrong_days' : 'wrong_only', { days: wrongText(t, wrong) })}
        </p>
      ) : (
        <p className="quiet">{t('paste')}</p>
      )}
    </section>
  );
}

function wrongText(t: Speak<keyof typeof words.table>, wrong: readonly string[]): string {
  const days = wrong
    .slice(0, shownFaults)
    .map((each) => `“${each}”`)
    .join(' ');
  return wrong.length > shownFaults ? t('wrong_more', { days, count: wrong.length - shownFaults }) : days;
}

function Run({ first, last }: { first: string; last: string }) {
  const t = useWords(words);
  const name = (day: string) => t(weekdayOf(day) as Weekday);
  const short = (day: string) => day.slice(5);
  return (
    <span className="figure">
      {first === last ? `${short(first)} ${name(first)}` : `${short(first)} – ${short(last)}`}
    </span>
  );
}
