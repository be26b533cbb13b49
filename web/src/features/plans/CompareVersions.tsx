import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { PlanVersion } from '@/api/types';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { differences, type Name } from './differences';
import { differenceWords, wordOf } from './differenceWords';
import { SaidText } from './SaidText';
import { words } from './words';

/** Two versions beside each other: what each promised, and what they say differently. */
export function CompareVersions({ versions }: { versions: PlanVersion[] }) {
  const t = useWords(words);
  const shapes = useQuery({
    queryKey: [...keys.plans, 'shapes'],
    queryFn: async () => (await read(api.GET('/shapes'))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
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
                    <SaidText said={each.before} field={fieldOf(each.path)} version={older} />
                  </del>
                </td>
                <td data-label={t('version', { no: newer.no })}>
                  <ins className={each.after ? 'compare-new' : 'compare-none'}>
                    <SaidText said={each.after} field={fieldOf(each.path)} version={newer} />
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
  const t = useWords(differenceWords);
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

/** The last field that a path names: a word of its own belongs to it. */
function fieldOf(path: readonly Name[]): string {
  const last = path.findLast((each) => 'field' in each);
  return last && 'field' in last ? last.field : '';
}
