import { defineWords } from '@/lib/i18n';

export const words = defineWords('auth', {
  title: { zh: '登录', en: 'Sign in' },
  product: { zh: '桂冠', en: 'Laurel' },
  promise: {
    zh: '做得好，当下就知道；得多少，条条有依据。',
    en: 'Good work, seen at once. Every reward, with its reasons.',
  },
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  login_missing: { zh: '请填写账号', en: 'Enter your login' },
  password_missing: { zh: '请填写密码', en: 'Enter your password' },
  submit: { zh: '登录', en: 'Sign in' },
  demo: { zh: '这是演示公司，选一个人看看', en: 'This is a demo company. Look at it as' },
  role_admin: { zh: '管理员', en: 'Administrator' },
  role_designer: { zh: '激励设计者', en: 'Reward designer' },
  role_manager: { zh: '主管', en: 'Manager' },
  role_employee: { zh: '员工', en: 'Employee' },
  role_finance: { zh: '财务', en: 'Finance' },
  unreachable: {
    zh: '连不上服务器。请检查网络，然后重试。',
    en: 'The server cannot be reached. Check the network, then try again.',
  },
});
