import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, read } from '@/api/client';
import { useObjects } from '@/api/session';
import type { Field, RecordRow } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { Marked, useFault } from '../blanks';
import { rateWords } from '../words_rate';
import { type Params, textOf } from './shape';

/** The row for everything that no other one names. A value that is still to be chosen is there, and undefined. */
export const isRest = (row: Params): boolean => !('value' in row) || row.value === null;

/** Names offered at a time. */
const offered = 30;

/** Stand for what is no text: the row for everything else, and records without a value. */
const rest = '*';
const empty = '-';
/** Before a value, so that none is taken for one of those. */
const named = '=';

/** The row as the choice shows it; undefined while nothing is chosen. */
export function chosenOf(row: Params, field: Field | undefined): string | undefined {
  if (isRest(row)) return rest;
  if (row.value === undefined) return undefined;
  const value = textOf(row, 'value').trim();
  if (value === '') return empty;
  const same = (text: string | undefined) => text?.toLowerCase() === value.toLowerCase();
  const known =
    field?.choices?.find((each) => each.key === value) ??
    field?.choices?.find((each) => same(each.name?.zh) || same(each.name?.en));
  return named + (known?.key ?? value);
}

/** The row with what was chosen. */
export function withChosen(row: Params, chosen: string): Params {
  const { value: _value, ...table } = row;
  if (chosen === rest) return table;
  return { value: chosen === empty ? '' : chosen.slice(named.length), ...table };
}

interface Props {
  /** The field by which records are told apart. */
  apart: Field | undefined;
  rows: readonly Params[];
  index: number;
  onRow: (row: Params) => void;
}

/** Whose row it is: a choice by its name, a related record by its title, or a text; or everything else. */
export function RowValue({ apart, rows, index, onRow }: Props) {
  const t = useWords(rateWords);
  const text = useText();
  const fault = useFault(`rows[${index}].value`);
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const found = useNames(apart, search);
  const row = rows[index] ?? {};
  const chosen = chosenOf(row, apart);
  const taken = rows.flatMap((each, at) => (at === index ? [] : [chosenOf(each, apart)]));
  const listed = [
    ...(apart?.choices ?? []).map((each) => ({ value: named + each.key, label: text(each.name) || each.key })),
    ...found.map((each) => ({ value: named + each, label: each })),
  ];
  // Nobody names a choice that is not there, nor a person: rows only tell records without one from the others.
  const free = apart?.type !== 'choice' && apart?.type !== 'person';
  const own = chosen?.startsWith(named) ? [{ value: chosen, label: chosen.slice(named.length) }] : [];
  const written = free && search ? [{ value: named + search, label: t('row_typed', { text: search }) }] : [];
  const all = [
    ...listed,
    ...[...own, ...written].filter((each) => !listed.some((one) => one.value === each.value)),
    { value: empty, label: t('row_empty') },
    { value: rest, label: t('row_rest') },
  ];
  return (
    <Marked fault={fault} empty={chosen === undefined}>
      <Select
        className="blank"
        variant="borderless"
        aria-label={t('row_value')}
        placeholder={free ? t('row_type') : t('row_value')}
        value={chosen ?? null}
        onChange={(next: string) => {
          setTyped('');
          onRow(withChosen(row, next));
        }}
        options={all.filter((each) => each.value === chosen || !taken.includes(each.value))}
        popupMatchSelectWidth={false}
        showSearch={
          free
            ? { filterOption: (search, option) => matches(search, String(option?.label ?? '')), onSearch: setTyped }
            : { optionFilterProp: 'label' }
        }
      />
    </Marked>
  );
}

const matches = (search: string, label: string) => label.toLowerCase().includes(search.trim().toLowerCase());

/** Titles of related records, or texts that records have, with the search in them. */
function useNames(field: Field | undefined, search: string): string[] {
  const objects = useObjects();
  const target = field?.type === 'relation' ? field.target : undefined;
  const title = objects.find((each) => each.key === target)?.title_field;
  const rows = useQuery({
    queryKey: ['rows-by', target, search],
    queryFn: async () =>
      (
        await read(
          api.GET('/objects/{object}/records', {
            params: { path: { object: target ?? '' }, query: { search: search || undefined, limit: offered } },
          }),
        )
      ).items ?? [],
    enabled: Boolean(target),
    placeholderData: keepPreviousData,
  });
  return namesOf((target && rows.data) || [], title);
}

/** What a rule calls a record: its title, or its external id where the title is none or another's too. */
export function namesOf(
  rows: readonly Pick<RecordRow, 'external_id' | 'values'>[],
  title: string | undefined,
): string[] {
  const titles = rows.map((row) => (title ? row.values[title] : undefined));
  return rows.flatMap((row, at) => {
    const own = titles[at];
    const plain = typeof own === 'string' && own.trim() !== '' && titles.filter((each) => each === own).length === 1;
    const name = plain ? own : row.external_id;
    return name ? [name] : [];
  });
}
