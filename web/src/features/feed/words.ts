import { defineWords } from '@/lib/i18n';

export const words = defineWords('feed', {
  title: { zh: '动态', en: 'Feed' },
  hint: { zh: '谁刚刚得到了什么，为什么。', en: 'Who has just earned what, and why.' },
  none: {
    zh: '还没有奖励。方案发布后，第一个奖励会在这里出现。',
    en: 'No awards yet. Once a plan is published, the first award shows here.',
  },
  none_example: { zh: '例：张伟 签满 10 个客户，得 ¥500', en: 'Example: Zhang Wei signed 10 customers, earns ¥500' },
  plans: { zh: '看看有哪些方案', en: 'See the plans' },
  more: { zh: '再看一些', en: 'Show more' },
});
