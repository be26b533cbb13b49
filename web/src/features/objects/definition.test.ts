import { describe, expect, it } from 'vitest';
import { type Draft, definitionOf, draftFaults, draftOf, newField, withKeys } from './definition';

const draft = (): Draft => ({ ...draftOf(), name: { zh: '商机', en: 'Deal' } });

describe('the definition of an object', () => {
  it('gets keys from names, without repeating one', () => {
    let d = newField(newField(newField(draft())));
    d = {
      ...d,
      fields: d.fields.map((f, i) =>
        i === 0 ? f : { ...f, name: i === 1 ? { zh: '金额', en: '' } : { zh: '阶段', en: 'Name' } },
      ),
    };
    const keyed = withKeys(d);
    expect(keyed.key).toBe('deal');
    expect(keyed.fields.map((f) => f.key)).toEqual(['name', 'field_2', 'name_2', 'name_3']);
  });
  it('gets a free key where it has a Chinese name only', () => {
    const chinese = { ...draftOf(), name: { zh: '月度投票', en: '' } };
    expect(withKeys(chinese).key).toBe('table');
    expect(withKeys(chinese, ['table', 'table_2']).key).toBe('table_3');
    expect(withKeys({ ...chinese, name: { zh: '', en: '' } }).key, 'a name comes first').toBe('');
  });
  it('is checked before it is sent', () => {
    const d = newField(draft(), 'relation');
    const keyed = withKeys({
      ...d,
      fields: d.fields.map((f) => (f.type === 'relation' ? { ...f, name: { zh: '客户', en: 'Account' } } : f)),
    });
    expect(draftFaults(keyed, ['deal'])).toEqual(
      new Map([
        ['key', 'key_taken'],
        ['2', 'needs_target'],
      ]),
    );
    expect(draftFaults({ ...draft(), name: { zh: '', en: ' ' } }, []).get('name')).toBe('needs_name');
  });
  it('says only what the type uses, in both languages', () => {
    const d = withKeys({
      ...draft(),
      fields: [
        {
          line: 1,
          existing: false,
          key: 'stage',
          name: { zh: '阶段', en: '' },
          type: 'choice',
          scale: 4,
          currency: 'CNY',
          choices: [
            { key: '', name: { zh: '赢单', en: 'Won' } },
            { key: '', name: { zh: ' ', en: '' } },
          ],
        },
      ],
    });
    expect(definitionOf(d).fields).toEqual([
      {
        key: 'stage',
        name: { zh: '阶段', en: '阶段' },
        type: 'choice',
        choices: [{ key: 'won', name: { zh: '赢单', en: 'Won' } }],
      },
    ]);
  });
});
