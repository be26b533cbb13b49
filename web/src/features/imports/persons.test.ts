import { expect, it } from 'vitest';
import type { Mapping } from './model';
import { fieldsOf, named, setFields } from './persons';

const teams: Mapping = {
  object: '',
  persons: true,
  columns: [
    { column: 'agent', field: 'name' },
    { column: 'manager', field: 'manager', create_missing: true },
    { column: 'office', field: 'department' },
  ],
};

it('makes a column several fields, with what was said about it', () => {
  const both = setFields(teams, 'manager', ['manager', 'team']);
  expect(fieldsOf(both, 'manager')).toEqual(['manager', 'team']);
  expect(both.columns.filter((c) => c.column === 'manager').every((c) => c.create_missing)).toBe(true);
  expect(fieldsOf(setFields(both, 'manager', ['manager']), 'manager')).toEqual(['manager']);
});

it('takes a field from the column that had it, and forgets no column', () => {
  const moved = setFields(teams, 'office', ['name']);
  expect(fieldsOf(moved, 'agent')).toEqual([]);
  expect(moved.columns.map((c) => c.column).sort()).toEqual(['agent', 'manager', 'office']);
  expect(named(setFields(moved, 'office', []))).toBe(false);
});
