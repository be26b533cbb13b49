import { defineWords } from '@/lib/i18n';

export const words = defineWords('common', {
  retry: { zh: '重试', en: 'Try again' },
  back_home: { zh: '回到首页', en: 'Go to Home' },
  load_failed: { zh: '这一页没有打开', en: 'This page did not open' },
  unreachable: {
    zh: '连不上服务器。请检查网络，然后重试。',
    en: 'The server cannot be reached. Check the network, then try again.',
  },
  not_found: { zh: '没有这一页', en: 'There is no such page' },
  not_found_hint: {
    zh: '地址可能写错了，或者内容已经移走。',
    en: 'The address may be mistyped, or the content has moved.',
  },
  no_permission: { zh: '你还不能看这一页', en: 'You cannot see this page yet' },
  no_permission_hint: { zh: '请管理员给你相应的角色。', en: 'Ask an administrator for the role that opens it.' },
  loading: { zh: '正在打开', en: 'Loading' },
  state_provisional: { zh: '暂定', en: 'Provisional' },
  state_granted: { zh: '已授予', en: 'Granted' },
  state_reversed: { zh: '已撤回', en: 'Reversed' },
  state_draft: { zh: '草稿', en: 'Draft' },
  state_published: { zh: '进行中', en: 'Running' },
  state_superseded: { zh: '已被替代', en: 'Superseded' },
  state_ended: { zh: '已结束', en: 'Ended' },
  hidden_amount: { zh: '金额不公开', en: 'Amount not public' },
  more: { zh: '再看一些', en: 'Show more' },
  just_now: { zh: '刚刚', en: 'just now' },
  minutes_ago: { zh: '{{count}} 分钟前', en: '{{count}} minutes ago', one: '{{count}} minute ago' },
  hours_ago: { zh: '{{count}} 小时前', en: '{{count}} hours ago', one: '{{count}} hour ago' },
  days_ago: { zh: '{{count}} 天前', en: '{{count}} days ago', one: '{{count}} day ago' },
});
