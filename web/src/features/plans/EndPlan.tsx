import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Popover } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { PlanDetail } from '@/api/types';
import { useToday } from '@/components/DateText';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { useWords } from '@/lib/i18n';
import { endPlan, resumePlan } from './api';
import { words } from './words';

/** Ends a plan on a chosen day: from today on at once, on a past one with the list of the awards that go. */
export function EndPlan({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const today = useToday();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const end = useMutation({
    mutationFn: ({ until, confirmed }: { until: string; confirmed?: string }) =>
      endPlan(plan.key, { until, retroactive: until < today, confirmed }),
    onSuccess: (_, { until }) => {
      void message.success(t('end_done', { day: until }));
      void client.invalidateQueries({ queryKey: keys.plans });
    },
    onError: (error) => !('changes' in error && error.changes) && void message.error(error.message),
  });
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        title={t('end_on')}
        content={
          <>
            <DatePicker
              aria-label={t('end_on')}
              disabled={end.isPending}
              onChange={(day) => {
                if (!day) return;
                setOpen(false);
                end.mutate({ until: day.format('YYYY-MM-DD') });
              }}
            />
            <p className="quiet end-hint">{t('end_hint')}</p>
          </>
        }
      >
        <Button loading={end.isPending}>{t('end')}</Button>
      </Popover>
      <PastChangesDialog
        error={end.error}
        busy={end.isPending}
        confirm={(confirmed) => end.variables && end.mutate({ ...end.variables, confirmed })}
        close={end.reset}
      />
    </>
  );
}

/** Takes the end of a plan back; where periods have begun since, with the list of what is awarded after all. */
export function ResumePlan({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: (confirmed?: string) => resumePlan(plan.key, confirmed),
    onSuccess: () => {
      void message.success(t('resume_done'));
      void client.invalidateQueries({ queryKey: keys.plans });
    },
    onError: (error) => !('changes' in error && error.changes) && void message.error(error.message),
  });
  return (
    <>
      <Button loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
        {t('resume')}
      </Button>
      <PastChangesDialog error={resume.error} busy={resume.isPending} confirm={resume.mutate} close={resume.reset} />
    </>
  );
}
