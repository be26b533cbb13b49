import { defineWords } from '@/lib/i18n';

export const readyWords = defineWords('metrics-ready', {
  title: { zh: '添加现成指标', en: 'Add ready-made metrics' },
  hint: {
    zh: '选一组，核对它用到的表和字段，勾选要的指标。添加后就是普通指标，可以随时修改。',
    en: 'Choose a set, check the tables and fields that it uses, tick what you want. Once added they are metrics like any other.',
  },
  back: { zh: '指标', en: 'Metrics' },
  set: { zh: '指标组', en: 'Set' },
  add: { zh: '添加 {{count}} 个指标', en: 'Add {{count}} metrics', one: 'Add {{count}} metric' },
  added: { zh: '已添加 {{count}} 个指标', en: '{{count}} metrics added', one: '{{count}} metric added' },
  nothing: { zh: '没有可添加的指标', en: 'Nothing to add' },
  metrics: { zh: '指标', en: 'Metrics' },
  part: { zh: '其他指标要用它计算', en: 'Others are computed from it' },
  mapping: { zh: '用到的表和字段', en: 'Tables and fields in use' },
  mapping_hint: {
    zh: '已按名称和类型自动对应，不对的地方请改选。',
    en: 'Matched by name and type. Change what is not right.',
  },
  no_objects: {
    zh: '还没有表。先建表或导入数据，再回来添加指标。',
    en: 'There are no tables yet. Make one or import data, then come back.',
  },
  import: { zh: '导入数据', en: 'Import data' },
  table: { zh: '对应哪张表', en: 'Which table' },
  unmapped: { zh: '未对应', en: 'Not mapped' },
  of: { zh: '{{object}}：{{field}}', en: '{{object}}: {{field}}' },
});
