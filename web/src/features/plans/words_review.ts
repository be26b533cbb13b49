import { defineWords } from '@/lib/i18n';

export const words = defineWords('plan-review', {
  version: { zh: '第 {{no}} 版', en: 'Version {{no}}' },
  written: { zh: '由 {{who}} 编写', en: 'Written by {{who}}' },
  submitted: { zh: '{{who}} 于 {{when}} 提交评审', en: '{{who}} submitted it for review, {{when}}' },
  submitted_note: { zh: '{{who}} 于 {{when}} 提交评审：', en: '{{who}} submitted it for review, {{when}}:' },
  sent_back: { zh: '{{who}} 于 {{when}} 退回，原因：', en: '{{who}} sent it back, {{when}}, because:' },
  edited: {
    zh: '{{who}} 于 {{when}} 在评审中做了修改，已回到草稿，请重新提交评审。',
    en: '{{who}} changed it while it was in review, {{when}}: it is a draft again, to be submitted anew.',
  },
  from_review: { zh: '{{who}} 提交评审', en: 'submitted by {{who}}' },
  history: { zh: '经过：谁在何时做了什么', en: 'History: who did what and when' },
  did_draft: { zh: '修改了草稿', en: 'changed the draft' },
  did_drop_draft: { zh: '丢弃了草稿', en: 'discarded the draft' },
  did_submitted: { zh: '提交评审', en: 'submitted it for review' },
  did_sent_back: { zh: '退回', en: 'sent it back' },
  did_publish: { zh: '发布', en: 'published it' },
  did_end: { zh: '结束了方案', en: 'ended the plan' },
  submit: { zh: '提交评审', en: 'Submit for review' },
  submit_note: { zh: '想请评审人看什么（可不填）', en: 'What the reviewer should look at (optional)' },
  submit_done: { zh: '已提交评审', en: 'Submitted for review' },
  send_back: { zh: '退回', en: 'Send back' },
  send_back_title: { zh: '退回给作者修改', en: 'Send back to its author' },
  send_back_reason: { zh: '原因（作者会看到）', en: 'Reason (its author will see it)' },
  send_back_done: { zh: '已退回，作者会看到原因', en: 'Sent back; its author will see why' },
  publish: { zh: '发布', en: 'Publish' },
  published: { zh: '方案已发布', en: 'The plan is published' },
  cancel: { zh: '取消', en: 'Cancel' },
  editing: {
    zh: '这一版正在评审中。改动并保存后会回到草稿，需要重新提交评审。',
    en: 'This version is in review. What you change and save makes it a draft again, to be submitted anew.',
  },
  draft_again: {
    zh: '已保存；这一版回到了草稿，请重新提交评审',
    en: 'Saved. It is a draft again: submit it for review anew',
  },
});
