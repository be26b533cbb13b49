import type { Field } from '@/api/types';

export const dateFields = (fields: readonly Field[]) =>
  fields.filter((each) => ['date', 'datetime'].includes(each.type));
export const personFields = (fields: readonly Field[]) => fields.filter((each) => each.type === 'person');
/** Fields that may name a team or department. */
export const unitFields = (fields: readonly Field[]) => fields.filter((each) => ['text', 'choice'].includes(each.type));
export const valueFields = (fields: readonly Field[]) =>
  fields.filter((each) => ['number', 'money', 'percent'].includes(each.type));

/** Fields that may tell records apart. */
export const apartFields = (fields: readonly Field[]) =>
  fields.filter((each) => ['choice', 'relation', 'person', 'text'].includes(each.type));
