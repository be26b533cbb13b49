import { BulbOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { setLanguage, useLanguage, useWords } from '@/lib/i18n';
import { setThemeChoice, type ThemeChoice, useThemeChoice } from '@/lib/theme';
import { words } from './words';

export function LanguageSwitch() {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <Button
      type="text"
      aria-label={`${t('language')} · ${t('language_label')}`}
      onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
    >
      {t('language')}
    </Button>
  );
}

export function ThemeSwitch() {
  const t = useWords(words);
  const choice = useThemeChoice();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        onClick: ({ key }) => setThemeChoice(key as ThemeChoice),
        items: [
          { key: 'light', label: t('theme_light') },
          { key: 'dark', label: t('theme_dark') },
          { key: 'system', label: t('theme_system') },
        ],
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('theme')} aria-haspopup="menu" />
    </Dropdown>
  );
}
