import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { Person, PersonDetail, Unit } from '@/api/types';
import { type Span, toWire } from './spans';

export type PersonInput = Partial<
  Pick<Person, 'key' | 'name' | 'email' | 'position' | 'positions' | 'joined_on' | 'left_on'>
>;
export type UnitInput = Pick<Unit, 'key' | 'kind' | 'name' | 'parent_id'>;

export const peopleQuery = (search: string) =>
  queryOptions({
    queryKey: [...keys.people, 'list', search],
    queryFn: async (): Promise<Person[]> =>
      (await read(api.GET('/people', { params: { query: search ? { search } : {} } }))).items ?? [],
    placeholderData: (before) => before,
  });

export const personQuery = (id: number) =>
  queryOptions({
    queryKey: [...keys.people, 'one', id],
    queryFn: (): Promise<PersonDetail> => read(api.GET('/people/{id}', { params: { path: { id } } })),
  });

export const unitsQuery = queryOptions({
  queryKey: keys.units,
  queryFn: async (): Promise<Unit[]> => (await read(api.GET('/units'))).items ?? [],
});

export const createPerson = (body: PersonInput): Promise<Person> => read(api.POST('/people', { body }));
export const changePerson = (id: number, body: PersonInput): Promise<Person> =>
  read(api.PATCH('/people/{id}', { params: { path: { id } }, body }));

export async function setMemberships(id: number, spans: Span[]): Promise<void> {
  const body = spans.map((s) => ({ unit_id: Number(s.id), lead: s.lead, ...toWire(s) }));
  await api.PUT('/people/{id}/memberships', { params: { path: { id } }, body });
}

export async function setManagers(id: number, spans: Span[]): Promise<void> {
  const body = spans.map((s) => ({ manager_id: Number(s.id), ...toWire(s) }));
  await api.PUT('/people/{id}/managers', { params: { path: { id } }, body });
}

/** Positions with their days; a single one without days is held always. */
export async function setPositions(id: number, spans: Span[]): Promise<void> {
  await changePerson(id, { positions: spans.map((s) => ({ position: String(s.id), ...toWire(s) })) });
}

export const createUnit = (body: UnitInput): Promise<Unit> => read(api.POST('/units', { body }));
export const changeUnit = (id: number, body: Partial<Omit<UnitInput, 'kind'>>): Promise<Unit> =>
  read(api.PATCH('/units/{id}', { params: { path: { id } }, body }));
