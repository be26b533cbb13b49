import { useMemo } from 'react';
import { useMe } from '@/api/session';
import { useLanguage } from '@/lib/i18n';
import type { Labels } from './api';
import type { CellContext } from './values/cell';

const none: Labels = {};

/** Language, time zone and display names for reading and showing cells. */
export function useCellContext(labels: Labels = none): CellContext {
  const language = useLanguage();
  const zone = useMe().organisation.time_zone;
  return useMemo(() => ({ language, zone, labels }), [language, zone, labels]);
}
