import { theme as antd, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';

const stored = 'laurel.theme';
const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** Laurel's colours. Gold is for rewards and honours only, red for loss and errors only. */
export function themeOf(dark: boolean, calm: boolean): ThemeConfig {
  return {
    cssVar: { key: 'laurel' },
    hashed: false,
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: '#1F6F54',
      colorInfo: '#1F6F54',
      colorSuccess: '#1F6F54',
      colorWarning: '#C8992B',
      // What antd derives from so dark a green is grey.
      ...tint(dark),
      colorLink: dark ? '#6CC3A0' : '#1F6F54',
      colorLinkHover: dark ? '#8AD5B6' : '#185640',
      colorTextSecondary: dark ? 'rgba(255,255,255,0.72)' : 'rgba(20,32,28,0.70)',
      colorTextTertiary: dark ? 'rgba(255,255,255,0.62)' : 'rgba(20,32,28,0.62)',
      colorTextDescription: dark ? 'rgba(255,255,255,0.66)' : 'rgba(20,32,28,0.66)',
      colorTextPlaceholder: dark ? 'rgba(255,255,255,0.62)' : 'rgba(20,32,28,0.70)',
      colorBgLayout: dark ? '#101412' : '#F6F8F7',
      colorBgContainer: dark ? '#171C1A' : '#FFFFFF',
      colorBgElevated: dark ? '#1E2422' : '#FFFFFF',
      borderRadius: 6,
      fontFamily,
      fontSize: 14,
      fontSizeHeading1: 24,
      fontSizeHeading2: 20,
      fontSizeHeading3: 16,
      padding: 16,
      controlHeight: 34,
      motion: !calm,
      wireframe: false,
    },
    components: {
      Table: { cellPaddingBlock: 9, headerBg: 'transparent' },
      Layout: { siderBg: 'transparent', headerBg: 'transparent' },
      // The primary green is too dark for text on dark.
      Tabs: dark ? { itemSelectedColor: '#6CC3A0', itemHoverColor: '#8AD5B6', itemActiveColor: '#8AD5B6' } : {},
      Menu: { itemBg: 'transparent', itemHeight: 36, activeBarBorderWidth: 0 },
    },
  };
}

function tint(dark: boolean) {
  const [background, border] = dark ? ['#1A2B24', '#2C4A3E'] : ['#E9F3EF', '#BCD8CC'];
  return {
    colorInfoBg: background,
    colorInfoBorder: border,
    colorSuccessBg: background,
    colorSuccessBorder: border,
  };
}

const listeners = new Set<() => void>();
const darkQuery = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
const calmQuery = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined;
const tell = () => {
  for (const each of listeners) each();
};
darkQuery?.addEventListener?.('change', tell);
calmQuery?.addEventListener?.('change', tell);

let choice: ThemeChoice = remembered();

export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(stored, next);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  tell();
}

const subscribe = (heard: () => void) => {
  listeners.add(heard);
  return () => listeners.delete(heard);
};

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

export function useDark(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => choice === 'dark' || (choice === 'system' && darkQuery?.matches === true),
  );
}

/** True when the reader asked their system for less motion. */
export function useCalm(): boolean {
  return useSyncExternalStore(subscribe, () => calmQuery?.matches === true);
}

function remembered(): ThemeChoice {
  try {
    const value = localStorage.getItem(stored);
    if (value === 'light' || value === 'dark' || value === 'system') return value;
  } catch {
    // fall through
  }
  return 'system';
}
