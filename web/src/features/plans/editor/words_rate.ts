import { defineWords } from '@/lib/i18n';

/** Of what a commission may have beside its tiers. Blanks are in single braces. */
export const rateWords = defineWords('plan-editor-rate', {
  remove: { zh: '去掉：{{what}}', en: 'Remove: {{what}}' },
  add_attainment: { zh: '按完成率分档', en: 'Tiers by attainment' },
  add_accumulate: { zh: '按累计分档', en: 'A running total' },
  add_below_zero: { zh: '负数结转', en: 'Carry below zero' },
  add_draw: { zh: '预支', en: 'A draw' },
  attainment: {
    zh: '档位按完成率分（上界写成 100%），目标是 {target}。',
    en: 'Tiers are set on attainment (bounds such as 100%) of {target}.',
  },
  own_target: { zh: '设定的目标值', en: 'the target that was set' },
  accumulate: {
    zh: '档位看{over}以来的累计，每期发新增的部分。',
    en: 'Tiers read the running total since {over} began; each period pays what it adds.',
  },
  over_quarter: { zh: '季度', en: 'the quarter' },
  over_half: { zh: '半年', en: 'the half-year' },
  over_year: { zh: '年度', en: 'the year' },
  below_zero: {
    zh: '算出负数时结转，从以后各期扣除。',
    en: 'An amount below zero is carried and taken off later periods.',
  },
  draw: {
    zh: '每期先发 {draw}，挣得更多时发挣到的；没挣到的部分{recoverable}。',
    en: '{draw} is paid ahead each period, more when more is earned; what was not earned {recoverable}.',
  },
  recover_no: { zh: '不扣回', en: 'is not taken back' },
  recover_yes: { zh: '从以后各期超出预支的部分扣回', en: 'is taken from what later periods earn above it' },
  recover_share: { zh: '每期最多扣回其中的 {share}。', en: ' At most {share} of that is taken in a period.' },
  kept_rows: {
    zh: '这个方案按字段的值分行，各行有自己的档位；这里照原样保留，要改请用定义文件。',
    en: 'This plan has rows of tiers for values of a field. They stay as they are; change them in a definition file.',
  },
  kept_package: {
    zh: '这个方案按份计价；这里照原样保留，要改请用定义文件。',
    en: 'This plan has prices for packages. They stay as they are; change them in a definition file.',
  },
});
