import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { metricsQuery } from '@/api/plans';
import type { PlanVersion } from '@/api/types';
import { TextOf } from '@/components/TextOf';
import { type Speak, useLanguage, useWords } from '@/lib/i18n';
import { differences, type Name, type Said } from './differences';
import { percentShown } from './editor/percent';
import { isPercent } from './editor/unit';
import { words } from './words';

/** Two versions beside each other: what each promised, and what they say differently. */
export function CompareVersions({ versions }: { versions: PlanVersion[] }) {
  const t = useWords(words);
  const shapes = useQuery({
    queryKey: [...keys.plans, 'shapes'],
    queryFn: async () => (await read(api.GET('/shapes'))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const metrics = useQuery(metricsQuery).data ?? [];
  /** The bar of a gate whose metric is read in per cent: a file writes it as a fraction. */
  const isPercentBar = (path: Name[], { definition }: PlanVersion): boolean => {
    const [first, second, third] = path;
    if (!first || !second || !third || !('field' in first) || !('place' in second) || !('field' in third)) return false;
    const gate = first.field === 'gates' && third.field === 'value' ? definition.gates?.[second.place - 1] : undefined;
    return isPercent(metrics.find((each) => each.key === gate?.metric));
  };
  const [chosen, setChosen] = useState<[number, number]>([versions[1]?.no ?? 0, versions[0]?.no ?? 0]);
  const [older, newer] = chosen.map((no) => versions.find((each) => each.no === no));
  const options = versions.map((each) => ({ value: each.no, label: t('version', { no: each.no }) }));
  if (!older || !newer) return null;
  const found = differences(older.definition, newer.definition, shapes.data ?? []);
  return (
    <section className="compare-versions">
      <h3>{t('compare')}</h3>
      <div className="compare-choice">
        <Select
          aria-label={t('compare_older')}
          value={older.no}
          options={options}
          onChange={(no) => setChosen([no, newer.no])}
        />
        <span>{t('compare_with')}</span>
        <Select
          aria-label={t('compare_newer')}
          value={newer.no}
          options={options}
          onChange={(no) => setChosen([older.no, no])}
        />
      </div>
      {found.length === 0 ? (
        <p className="quiet">{t('compare_same')}</p>
      ) : (
        <table className="plain-table stacked-table">
          <thead>
            <tr>
              <th scope="col">{t('compare_what')}</th>
              <th scope="col">{t('version', { no: older.no })}</th>
              <th scope="col">{t('version', { no: newer.no })}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((each) => (
              <tr key={JSON.stringify(each.path)}>
                <td>
                  <Path names={each.path} />
                </td>
                <td data-label={t('version', { no: older.no })}>
                  <del className={each.before ? 'compare-gone' : 'compare-none'}>
                    <SaidText said={each.before} path={each.path} percent={isPercentBar(each.path, older)} />
                  </del>
                </td>
                <td data-label={t('version', { no: newer.no })}>
                  <ins className={each.after ? 'compare-new' : 'compare-none'}>
                    <SaidText said={each.after} path={each.path} percent={isPercentBar(each.path, newer)} />
                  </ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Path({ names }: { names: Name[] }) {
  const t = useWords(words);
  return names.map((name, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the names of a path do not move
    <span key={at}>
      {at > 0 && ' '}
      {'place' in name ? (
        name.place
      ) : 'text' in name ? (
        <TextOf text={name.text} />
      ) : (
        wordOf(t, `field_${name.field}`, name.field)
      )}
    </span>
  ));
}

function SaidText({ said, path, percent }: { said: Said; path: Name[]; percent: boolean }) {
  const t = useWords(words);
  const language = useLanguage();
  if (!said) return <>—</>;
  if ('text' in said) return <TextOf text={said.text} />;
  if (percent) return <>{`${percentShown(said.value)}${language === 'zh' ? ' %' : '%'}`}</>;
  const last = path.at(-1);
  const field = last && 'field' in last ? last.field : '';
  return <>{wordOf(t, `${field}_${said.value}`, said.value)}</>;
}

/** A word if there is one, else the text as it is. */
function wordOf(t: Speak<never>, key: string, otherwise: string): string {
  const told = t(key as never);
  return told === key ? otherwise : told;
}
