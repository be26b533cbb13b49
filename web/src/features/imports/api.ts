import { api, read } from '@/api/client';
import type { ImportJob, Mapping } from '@/api/types';
import type { Report } from './model';

/** The largest file that the server takes, in bytes. */
export const maxFileBytes = 100 * 1024 * 1024;

/** Sends a file, to be suggested a mapping for an object where one is named. */
export async function upload(file: File, object?: string): Promise<ImportJob> {
  const form = new FormData();
  form.append('file', file);
  return read(
    api.POST('/imports', {
      params: { query: object ? { object } : {} },
      body: form as never,
      bodySerializer: (body) => body as never,
    }),
  );
}

const at = (id: number) => ({ params: { path: { id } } });

export const getJob = (id: number): Promise<ImportJob> => read(api.GET('/imports/{id}', at(id)));
/** Leaving, for when the page goes away: the browser sends it all the same. */
export const setMapping = (id: number, mapping: Mapping, leaving = false): Promise<ImportJob> =>
  read(api.PUT('/imports/{id}/mapping', { ...at(id), body: mapping, keepalive: leaving }));
export const listBegun = async () => (await read(api.GET('/imports'))).items ?? [];
/** Asks for a mapping for an object, a sheet or people: without columns the server suggests them. */
export const suggestMapping = (
  id: number,
  into: Pick<Mapping, 'object' | 'persons' | 'sheet' | 'header_row'>,
): Promise<ImportJob> => setMapping(id, { ...into, columns: [] });
export const checkJob = (id: number): Promise<Report> => read(api.POST('/imports/{id}/check', at(id)));
export const runJob = (id: number): Promise<ImportJob> => read(api.POST('/imports/{id}/run', at(id)));
export const cancelJob = (id: number): Promise<ImportJob> => read(api.POST('/imports/{id}/cancel', at(id)));

/** Where the rows that did not load can be fetched. */
export const badRows = (id: number): string => `/api/imports/${id}/report.csv`;

export const listMappings = async () => (await read(api.GET('/import-mappings'))).items ?? [];
export const saveMapping = (name: string, mapping: Mapping) =>
  read(api.POST('/import-mappings', { body: { name, mapping } }));
export async function forgetMapping(name: string): Promise<void> {
  await api.DELETE('/import-mappings/{name}', { params: { path: { name } } });
}
