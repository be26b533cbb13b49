import { defineWords } from '@/lib/i18n';

export const words = defineWords('award-parts', {
  evidence: { zh: '依据', en: 'Evidence' },
  why: { zh: '因为', en: 'because' },
  earned: { zh: '{{period}}已得', en: 'Earned, {{period}}' },
  provisional: { zh: '待定', en: 'Provisional' },
  versus: { zh: '比上期', en: 'vs last period' },
  same: { zh: '与上期相同', en: 'same as last period' },
  kind_cash: { zh: '奖金', en: 'Cash' },
  kind_gift: { zh: '礼品', en: 'Gifts' },
  kind_title: { zh: '称号', en: 'Titles' },
  kind_badge: { zh: '徽章', en: 'Badges' },
  kind_training: { zh: '培训', en: 'Trainings' },
  kind_growth: { zh: '发展机会', en: 'Growth' },
  kind_points: { zh: '积分', en: 'Points' },
  kind_leave: { zh: '假期', en: 'Leave' },
  which: { zh: '看看是哪些', en: 'See which ones' },
  contributed: { zh: '谁贡献了多少', en: 'Who contributed what' },
  standing: { zh: '看排行', en: 'See the ranking' },
  progress_of: { zh: '{{plan}} 的进度', en: 'Progress of {{plan}}' },
  rank_of: { zh: '第 {{rank}} 名，共 {{of}}', en: 'Rank {{rank}} of {{of}}' },
  got: { zh: '{{who}} 得到 {{what}}', en: '{{who}} earned {{what}}' },
});
