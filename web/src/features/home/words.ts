import { defineWords } from '@/lib/i18n';

export const words = defineWords('home', {
  hello: { zh: '你好，{{name}}', en: 'Hello, {{name}}' },
  next: { zh: '下一个', en: 'Next' },
  all_mine: { zh: '我的奖励', en: 'My rewards' },
  team: { zh: '我的团队', en: 'My team' },
  team_close: { zh: '快要得到的', en: 'Close to a reward' },
  team_earned: { zh: '谁得到了什么', en: 'Who earned what' },
  team_all: { zh: '全部 {{count}} 人', en: 'All {{count}} people' },
  feed: { zh: '动态', en: 'Feed' },
  all_feed: { zh: '全部动态', en: 'The whole feed' },
  feed_none: { zh: '还没有奖励。第一个奖励会在这里出现。', en: 'No awards yet. The first one will show here.' },
  start: { zh: '五步看到第一个奖励', en: 'Five steps to the first reward' },
  start_hint: { zh: '大约五分钟。', en: 'About five minutes.' },
  step_facts: { zh: '说说你们公司', en: 'Say who you are' },
  step_facts_hint: {
    zh: '公司名称、时区、财年和本位币。现在是：{{zone}}，财年从 {{month}} 月开始，{{currency}}。',
    en: 'The company’s name, time zone, fiscal year and currency. As it stands: {{zone}}, fiscal year from month {{month}}, {{currency}}.',
  },
  step_facts_do: { zh: '去填写', en: 'Fill it in' },
  step_import: { zh: '把业务数据放进来', en: 'Bring your records in' },
  step_import_hint: { zh: 'CSV 或 Excel 表，列会自动认出。', en: 'A CSV or Excel file; its columns are recognised.' },
  step_import_do: { zh: '导入文件', en: 'Import a file' },
  step_metric: { zh: '说清楚要数什么', en: 'Say what counts' },
  step_metric_hint: {
    zh: '指标从记录里数出来：例如每人签了几个新客户，或回款多少。',
    en: 'A metric is worked out from records: new customers per person, say, or money received.',
  },
  step_metric_do: { zh: '建一个指标', en: 'Define a metric' },
  step_plan: { zh: '写一个奖励方案', en: 'Write a reward plan' },
  step_plan_hint: {
    zh: '填空成句，右边马上看到谁会得奖、花多少钱。',
    en: 'Fill in a sentence, and see at once who would win and what it costs.',
  },
  step_plan_do: { zh: '写方案', en: 'Write a plan' },
  step_publish: { zh: '发布', en: 'Publish it' },
  step_publish_hint: {
    zh: '发布后，奖励随业务当时产生，并说明原因。',
    en: 'From then on awards appear as the work happens, with their reasons.',
  },
  step_publish_do: { zh: '去发布', en: 'Go and publish' },
  done: { zh: '已完成', en: 'Done' },
});
