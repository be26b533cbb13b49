import { beforeAll, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { pick, setLanguage, speak } from '@/lib/i18n';
import { conditionText } from './conditionText';
import { words } from './words';

const field = (key: string, zh: string, type: Field['type'], choices?: Field['choices']): Field => ({
  id: 1,
  key,
  name: { zh, en: '' },
  type,
  required: false,
  unique: false,
  scale: 2,
  choices,
});
const fields = [
  field('stage', '阶段', 'choice', [
    { key: 'won', name: { zh: '赢单', en: 'Won' } },
    { key: 'lost', name: { zh: '输单', en: '' } },
  ]),
  field('amount', '金额', 'money'),
  field('margin', '毛利率', 'percent'),
  field('closed', '成交日', 'date'),
  field('error', '有差错', 'bool'),
];

beforeAll(() => setLanguage('zh'));

it.each([
  ['stage == "won"', '阶段是“赢单”'],
  ['stage in ["won", "lost"] && amount >= 50000.00', '阶段是“赢单”或“输单”，且金额不小于 50,000'],
  ['margin < 0.125 || closed == null', '毛利率小于 12.5 % 或成交日为空'],
  ['error == false && closed > "2026-01-31"', '不是“有差错”，且成交日大于 2026-01-31'],
  ['stage == "gone"', '阶段是“gone”'],
])('%s is read as %s', (cel, said) => {
  expect(conditionText(cel, fields, speak(words), (text) => pick(text, 'zh'))).toBe(said);
});

it('leaves alone what clicking cannot say', () => {
  expect(conditionText('amount * 2 > 10', fields, speak(words), (text) => pick(text, 'zh'))).toBeNull();
  expect(conditionText('account.industry == "x"', fields, speak(words), (text) => pick(text, 'zh'))).toBeNull();
});
