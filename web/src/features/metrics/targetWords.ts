import { defineWords } from '@/lib/i18n';

export const words = defineWords('targets', {
  title: { zh: '目标值', en: 'Targets' },
  hint: {
    zh: '每个人、团队和部门在各周期要达到的数。没有单独设定的，由全年分摊或由下级汇总。',
    en: 'What each person, team and department is to reach. What is not set is spread from the year or added up from below.',
  },
  no_metrics: {
    zh: '还没有指标。先建一个指标，再为它设目标值。',
    en: 'No metrics yet. Make a metric first, then set targets for it.',
  },
  metric: { zh: '指标', en: 'Metric' },
  year: { zh: '{{year}} 财年', en: 'Fiscal year {{year}}' },
  year_before: { zh: '上一年', en: 'Year before' },
  year_after: { zh: '下一年', en: 'Year after' },
  half: { zh: '半年', en: 'Halves' },
  quarter: { zh: '季度', en: 'Quarters' },
  month: { zh: '月', en: 'Months' },
  who: { zh: '谁', en: 'Who' },
  department: { zh: '部门', en: 'Departments' },
  team: { zh: '团队', en: 'Teams' },
  person: { zh: '人员', en: 'People' },
  own: { zh: '单独设定', en: 'Set here' },
  derived: { zh: '由其他目标分摊或汇总得出', en: 'Spread or added up from other targets' },
  legend: {
    zh: '深色是单独设定的，浅色是分摊或汇总得出的；百分数是目前的达成率。',
    en: 'Dark figures were set, light ones are spread or added up; the percentage is what is reached so far.',
  },
  legend_edit: {
    zh: '点格子或直接输入；回车向下，方向键移动，Esc 还原，可从表格软件粘贴一整块，Ctrl/⌘+Z 撤销。清空即取消。深色是单独设定的，浅色是分摊或汇总得出的；百分数是目前的达成率。',
    en: 'Click a cell or just type; Enter goes down, arrows move, Esc restores, a block from a spreadsheet can be pasted, Ctrl/⌘+Z undoes. Empty a cell to remove its target. Dark figures were set, light ones are spread or added up; the percentage is what is reached so far.',
  },
  filled: { zh: '已填 {{count}} 格。', en: '{{count}} cells filled.', one: '{{count}} cell filled.' },
  outside: {
    zh: '{{count}} 格超出表格，没有填入。',
    en: '{{count}} cells fell outside the table and were left out.',
    one: '{{count}} cell fell outside the table and was left out.',
  },
  unread: {
    zh: '{{count}} 格没有存下，已标红，改好即可：',
    en: '{{count}} cells were not saved and are marked; correct them:',
    one: '{{count}} cell was not saved and is marked; correct it:',
  },
  because: { zh: '“{{text}}”：{{problem}}', en: '“{{text}}”: {{problem}}' },
  undo: { zh: '撤销', en: 'Undo' },
  import: { zh: '导入 CSV', en: 'Import CSV' },
  import_hint: {
    zh: '列：人员（或团队、部门），再加每个周期一列，如 2026-Q1；或“周期”“目标值”两列。',
    en: 'Columns: person (or team, department), then one for each period such as 2026-Q1, or period and value.',
  },
  imported: { zh: '已更新 {{count}} 个目标值', en: '{{count}} targets changed', one: '{{count}} target changed' },
});
