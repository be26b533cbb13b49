import { defineWords } from '@/lib/i18n';

export const words = defineWords('metrics', {
  title: { zh: '指标', en: 'Metrics' },
  hint: {
    zh: '从业务记录里数出来的数，奖励方案按它判断。',
    en: 'Figures counted from the records; plans judge by them.',
  },
  new: { zh: '新建指标', en: 'New metric' },
  none: {
    zh: '还没有指标。说明数哪张表、什么条件、算在谁名下，就有了一个指标。',
    en: 'No metrics yet. Say which table, under which conditions, and who gets the credit.',
  },
  none_example: {
    zh: '例：商机里阶段是“赢单”的条数，按成交日期，算给负责人',
    en: 'Example: won opportunities, by close date, credited to the owner',
  },
  col_name: { zh: '指标', en: 'Metric' },
  col_source: { zh: '数据来源', en: 'Source' },
  col_measure: { zh: '怎么算', en: 'Measure' },
  col_condition: { zh: '条件', en: 'Condition' },
  col_left_out: { zh: '没有计入', en: 'Left out' },
  count: { zh: '条数', en: 'Count' },
  sum: { zh: '{{field}} 加总', en: 'Sum of {{field}}' },
  average: { zh: '{{field}} 平均', en: 'Average of {{field}}' },
  ratio: { zh: '{{of}} ÷ {{to}}', en: '{{of}} ÷ {{to}}' },
  left_out: { zh: '没有计入的记录', en: 'Records left out' },
  left_out_hint: {
    zh: '这些记录符合条件，但缺少必要的值。补上以后会自动计入。',
    en: 'These meet the condition but lack something. Once mended, they count.',
  },
  left_out_none: {
    zh: '没有遗漏：符合条件的记录都计入了。',
    en: 'Nothing is left out: every record that meets the condition counts.',
  },
  left_out_count: { zh: '{{count}} 条', en: '{{count}} records', one: '{{count}} record' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '指标已保存', en: 'Metric saved' },
  used_by: { zh: '用到它的方案', en: 'Plans that use it' },
  write_plan: { zh: '用它写一个方案', en: 'Write a plan with it' },
  missing: { zh: '没有这个指标。', en: 'There is no such metric.' },
});
