import { defineWords } from '@/lib/i18n';

/** Of the vote. Blanks are in single braces. */
export const voteWords = defineWords('plan-editor-vote', {
  nominate: {
    zh: '{metric}最多的 {places} 人，得{reward}。',
    en: 'the {places} with the most {metric}: {reward}.',
  },
  votes: {
    zh: '{voters}投票，每人一票，重复投票{counts}；至少 {quorum} 人投票才有效。',
    en: '{voters} may vote, once each, and {counts} of several ballots counts; it takes at least {quorum} voters.',
  },
  window: {
    zh: '投票从周期的第 {opens} 天开始，到第 {closes} 天为止；从末尾数起写负数，-1 即最后一天。',
    en: 'Voting is open from day {opens} to day {closes} of the period; -1 is its last day.',
  },
  jury: {
    zh: '评委是{jury}，评委一票算 {jury_weight} 票，票数相同时先看评委的票。',
    en: 'The jury is {jury}; a juror’s vote counts {jury_weight}, and ties go by the jury’s votes first.',
  },
  nominees: {
    zh: '能得票的是{nominations}。',
    en: 'Votes can go to {nominations}.',
  },
  blank_nominees: { zh: '谁能得票', en: 'Who can get votes' },
  anybody: { zh: '适用范围内的所有人', en: 'anybody in the audience' },
  voters_everyone: { zh: '所有人', en: 'Everyone' },
  voters_jury: { zh: '只有评委', en: 'The jury alone' },
  counts_latest: { zh: '算最后一次', en: 'the latest' },
  counts_first: { zh: '算第一次', en: 'the first' },
  no_jury: { zh: '没有评委', en: 'nobody' },
  secret: {
    zh: '方案发布后投票无记名：只公布票数，选票只有投票人自己和管理员能看到。指标须按投票人区分记录。',
    en: 'Once the plan is published the ballot is secret: the tally is shown, a ballot only to its voter and to administrators. The metric must tell its records apart by the voter.',
  },
});
