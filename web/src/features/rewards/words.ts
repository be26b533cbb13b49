import { defineWords } from '@/lib/i18n';

export const words = defineWords('rewards', {
  title: { zh: '我的奖励', en: 'My rewards' },
  title_of: { zh: '{{name}} 的奖励', en: 'Rewards of {{name}}' },
  tab_mine: { zh: '我的', en: 'Mine' },
  tab_team: { zh: '我的团队', en: 'My team' },
  team_close: { zh: '快要得到的', en: 'Close to a reward' },
  team_close_none: { zh: '现在没有人接近下一个奖励。', en: 'Nobody is close to a next reward at present.' },
  team_earned: { zh: '我的团队（{{count}} 人）', en: 'My team ({{count}})' },
  team_none: {
    zh: '没有人向你汇报。管理员在人员页填写上级后，他们会出现在这里。',
    en: 'Nobody reports to you. Once an administrator enters their manager on the People page, they show here.',
  },
  next: { zh: '下一个', en: 'Next' },
  recent: { zh: '最近', en: 'Recent' },
  all: { zh: '全部奖励', en: 'All awards' },
  plans: { zh: '看看有哪些方案', en: 'See the plans' },
  none: {
    zh: '还没有得到奖励。完成方案里写的事，奖励会当时出现在这里，并说明为什么。',
    en: 'No awards yet. Do what a plan asks for, and the award appears here at once, with its reasons.',
  },
  none_example: { zh: '例：再签 2 个客户，可得 ¥500', en: 'Example: 2 more signed customers → ¥500' },
  no_plan: {
    zh: '现在没有适用于你的奖励方案。方案发布后，进度会显示在这里。',
    en: 'No reward plan covers you at present. Once one is published, your progress shows here.',
  },
  no_person: {
    zh: '这个账号没有关联到人员，所以没有自己的奖励。可以选一个人查看。',
    en: 'This account is not linked to a person, so it has no rewards of its own. Choose somebody to look at.',
  },
  choose: { zh: '查看某个人', en: 'Look at somebody' },
  myself: { zh: '看自己的', en: 'Back to mine' },
});
