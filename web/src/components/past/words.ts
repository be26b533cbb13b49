import { defineWords } from '@/lib/i18n';

export const words = defineWords('past', {
  title: { zh: '这会改动已经评判过的奖励', en: 'This changes rewards already judged' },
  none: {
    zh: '已经评判过的周期里，没有人的奖励会变。',
    en: 'Nobody’s rewards of periods already judged change.',
  },
  sum: {
    zh: '共 {{subjects}} 人（或团队）的 {{count}} 项会变。',
    en: '{{count}} changes for {{subjects}} people or teams.',
  },
  who: { zh: '谁', en: 'Who' },
  plan: { zh: '方案', en: 'Plan' },
  period: { zh: '周期', en: 'Period' },
  closed: { zh: '已关账，差额记为调整', en: 'closed: the difference becomes an adjustment' },
  before: { zh: '现在', en: 'Now' },
  after: { zh: '将变为', en: 'Becomes' },
  more: { zh: '差额', en: 'Difference' },
  rest: {
    zh: '另有 {{count}} 项未列出，确认后同样生效。',
    en: '{{count}} more are not listed; they take effect too.',
  },
  confirm: { zh: '按此改动', en: 'Change the past' },
  moved: {
    zh: '你查看之后数据又变了，这是新的清单。',
    en: 'The data has moved since you looked. This is the new list.',
  },
});
