import { defineWords } from '@/lib/i18n';

/** Of the shapes that hold a metric against another figure. Blanks are in single braces. */
export const compareWords = defineWords('plan-editor-compare', {
  clean_by: { zh: '方案的指标数的是{own}。', en: 'The plan’s metric counts {own}.' },
  own_handled: { zh: '处理量', en: 'what was handled' },
  own_bad: { zh: '差错', en: 'what went wrong' },
  clean: {
    zh: '{bad}为 0，且{handled}至少 {at_least}[，得{reward}]。',
    en: 'with {bad} at 0 and at least {at_least} of {handled}[, {reward}].',
  },
  improve: {
    zh: '{metric}比{against}{direction}，{kind}，{compare}：',
    en: '{metric} {direction} than {against}, {kind}, by {compare}:',
  },
  improve_step: { zh: '{margin}[，得{reward}]', en: '{margin}[ earns {reward}]' },
  compare_at_least: { zh: '至少', en: 'at least' },
  compare_above: { zh: '超过', en: 'more than' },
  by_share: { zh: '按比例算', en: 'as a share of it' },
  by_points: { zh: '按指标的单位算', en: 'in the metric’s unit' },
  against_previous: { zh: '上一期', en: 'the previous period' },
  against_last_year: { zh: '去年同期', en: 'the same period last year' },
  against_mean: { zh: '前几期的平均', en: 'the mean of earlier periods' },
  against_fixed: { zh: '固定基线', en: 'a fixed baseline' },
  mean_of: { zh: '取前 {periods} 期的平均。', en: 'The mean is of the {periods} periods before.' },
  fixed_at: { zh: '基线是 {baseline}。', en: 'The baseline is {baseline}.' },
  better_up: { zh: '提升', en: 'higher' },
  better_down: { zh: '降低', en: 'lower' },
  minimum: {
    zh: '参与比较的每一期都要有{min_metric}至少 {least}。',
    en: 'Every period that is compared needs {min_metric} of at least {least}.',
  },
  minimum_none: { zh: '参与比较的每一期{min_metric}。', en: 'Every period that is compared needs {min_metric}.' },
  no_minimum: { zh: '不另作要求', en: 'nothing more' },
  own_metric: { zh: '这个指标本身', en: 'the metric itself' },
  kind_by: { zh: '（按比例）', en: '(a share of it)' },
  kind_points: { zh: '（按指标的单位）', en: '(in the metric’s unit)' },

  versus: { zh: '{metric}{direction}{against}[，得{reward}]。', en: '{metric} {direction} {against}[: {reward}].' },
  versus_who: {
    zh: '{metric}{direction}{against}{who}的{figure}[，得{reward}]。',
    en: '{metric} {direction} {figure} of {against} {who}[: {reward}].',
  },
  versus_own: {
    zh: '{metric}{direction}{against}的{figure}[，得{reward}]。',
    en: '{metric} {direction} {figure} of {against}[: {reward}].',
  },
  versus_figure: {
    zh: '{metric}{direction}{against}{figure}[，得{reward}]。',
    en: '{metric} {direction} {against} {figure}[: {reward}].',
  },
  versus_margin: {
    zh: '领先至少 {margin}{kind}；不填则超过就算。',
    en: 'Ahead by at least {margin} {kind}; left empty, being ahead is enough.',
  },
  versus_back: { zh: '比的是 {periods} 期之前。', en: 'That is {periods} periods back.' },
  beats_up: { zh: '超过', en: 'above' },
  beats_down: { zh: '低于', en: 'below' },
  who_person: { zh: '同事', en: 'the colleague' },
  who_team: { zh: '团队', en: 'the team' },
  who_department: { zh: '部门', en: 'the department' },
  who_company: { zh: '全公司记录的', en: 'what the company records as' },
  who_self: { zh: '自己的', en: 'one’s own' },
  who_previous: { zh: '自己的上一期', en: 'oneself in the previous period' },
  who_last_year: { zh: '自己的去年同期', en: 'oneself in the same period last year' },
  who_average: { zh: '其他人的平均', en: 'the average of the others' },
  who_best: { zh: '其他人的最好成绩', en: 'the best of the others' },
  who: { zh: '对手', en: 'opponent' },
  same_metric: { zh: '同一指标', en: 'the same metric' },

  race: {
    zh: '{metric}最先达到 {at} 的 {places} 个，得{reward}。',
    en: 'the first {places} to reach {at} of {metric}: {reward}.',
  },
});
