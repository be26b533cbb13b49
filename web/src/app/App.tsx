import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider, App as Messages } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useLanguage } from '@/lib/i18n';
import { themeOf, useCalm, useDark } from '@/lib/theme';
import { queryClient } from './query';
import { router } from './router';

export function App() {
  const language = useLanguage();
  const dark = useDark();
  const calm = useCalm();

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    // What the server wrote in a language is asked for again in the new one.
    void queryClient.invalidateQueries();
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [dark]);

  return (
    <ConfigProvider
      locale={language === 'zh' ? zh : en}
      theme={themeOf(dark, calm)}
      button={{ autoInsertSpace: false }}
    >
      <Messages className="laurel" component="div">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  );
}
