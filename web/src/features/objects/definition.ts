import { type FieldDef, type FieldType, KEY_PATTERN, keyOf, type ObjectDef, type ObjectInfo } from './model';

/** A field while it is being edited; `existing` ones keep their key and type. */
export interface DraftField extends FieldDef {
  /** Identity of the line in the form. */
  line: number;
  existing: boolean;
}

export interface Draft {
  key: string;
  name: { zh: string; en: string };
  title: string;
  fields: DraftField[];
}

export function draftOf(object?: ObjectInfo): Draft {
  if (!object) {
    const first: DraftField = {
      line: 1,
      existing: false,
      key: 'name',
      name: { zh: '名称', en: 'Name' },
      type: 'text',
      required: true,
    };
    return { key: '', name: { zh: '', en: '' }, title: 'name', fields: [first] };
  }
  const fields = object.fields.map(
    ({ id: _, ...field }, at): DraftField => ({ ...field, line: at + 1, existing: true }),
  );
  return { key: object.key, name: object.name, title: object.title_field, fields };
}

export function newField(draft: Draft, type: FieldType = 'text'): Draft {
  const line = Math.max(0, ...draft.fields.map((f) => f.line)) + 1;
  return { ...draft, fields: [...draft.fields, { line, existing: false, key: '', name: { zh: '', en: '' }, type }] };
}

export type Fault = 'needs_name' | 'needs_key' | 'key_taken' | 'needs_choices' | 'needs_target' | 'needs_fields';

/** What is wrong with a draft: by "" for the object and by the line of a field. */
export function draftFaults(draft: Draft, taken: readonly string[]): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  if (!draft.name.zh.trim() && !draft.name.en.trim()) faults.set('name', 'needs_name');
  if (!KEY_PATTERN.test(draft.key)) faults.set('key', 'needs_key');
  else if (taken.includes(draft.key)) faults.set('key', 'key_taken');
  if (draft.fields.length === 0) faults.set('fields', 'needs_fields');
  draft.fields.forEach((field, at) => {
    const line = String(field.line);
    if (!field.name.zh.trim() && !field.name.en.trim()) faults.set(line, 'needs_name');
    else if (!KEY_PATTERN.test(field.key)) faults.set(line, 'needs_key');
    else if (draft.fields.some((f, i) => i < at && f.key === field.key)) faults.set(line, 'key_taken');
    else if ((field.type === 'choice' || field.type === 'choices') && !field.choices?.length)
      faults.set(line, 'needs_choices');
    else if (field.type === 'relation' && !field.target) faults.set(line, 'needs_target');
  });
  return faults;
}

/** Gives keys to what has a name and none yet; a Chinese name makes none, so the object then has the first free one. */
export function withKeys(draft: Draft, taken: readonly string[] = []): Draft {
  const used = draft.fields.filter((f) => f.key).map((f) => f.key);
  const fields = draft.fields.map((field, at) => {
    if (field.key) return field;
    const key = keyOf(field.name.en || field.name.zh, `field_${at + 1}`, used);
    used.push(key);
    return { ...field, key };
  });
  const named = draft.name.en.trim() || draft.name.zh.trim();
  const key = draft.key || keyOf(named, '') || (named && keyOf('', 'table', taken));
  return { ...draft, key, fields };
}

/** The definition to send: only what the type uses, both languages filled. */
export function definitionOf(draft: Draft): ObjectDef {
  const both = (name: { zh: string; en: string }) => ({
    zh: name.zh.trim() || name.en.trim(),
    en: name.en.trim() || name.zh.trim(),
  });
  return {
    key: draft.key,
    name: both(draft.name),
    ...(draft.fields.some((f) => f.key === draft.title) ? { title: draft.title } : {}),
    fields: draft.fields.map((f): FieldDef => {
      const def: FieldDef = { key: f.key, name: both(f.name), type: f.type };
      if (f.required && f.type !== 'autonumber') def.required = true;
      if (f.unique) def.unique = true;
      if ((f.type === 'number' || f.type === 'percent') && f.scale) def.scale = f.scale;
      if (f.type === 'money') def.currency = f.currency;
      if (f.type === 'choice' || f.type === 'choices') def.choices = choicesOf(f);
      if (f.type === 'relation') def.target = f.target;
      return def;
    }),
  };
}

function choicesOf(field: DraftField): FieldDef['choices'] {
  const used = (field.choices ?? []).filter((c) => c.key).map((c) => c.key);
  return (field.choices ?? [])
    .filter((c) => c.name.zh.trim() || c.name.en.trim())
    .map((choice, at) => {
      const name = {
        zh: choice.name.zh.trim() || choice.name.en.trim(),
        en: choice.name.en.trim() || choice.name.zh.trim(),
      };
      if (choice.key) return { ...choice, name };
      const key = keyOf(name.en, `c${at + 1}`, used);
      used.push(key);
      return { ...choice, key, name };
    });
}
