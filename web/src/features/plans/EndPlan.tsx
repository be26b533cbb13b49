import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Popover } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { PlanDetail } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { endPlan } from './api';
import { words } from './words';

/** Ends a plan on a chosen day. Awards on record stay. */
export function EndPlan({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const end = useMutation({
    mutationFn: (until: string) => endPlan(plan.key, until),
    onSuccess: (_, until) => {
      setOpen(false);
      void message.success(t('end_done', { day: until }));
      void client.invalidateQueries({ queryKey: keys.plans });
    },
    onError: (error) => void message.error(error.message),
  });
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      title={t('end_on')}
      content={
        <DatePicker
          aria-label={t('end_on')}
          disabled={end.isPending}
          minDate={dayjs()}
          onChange={(day) => day && end.mutate(day.format('YYYY-MM-DD'))}
        />
      }
    >
      <Button loading={end.isPending}>{t('end')}</Button>
    </Popover>
  );
}
