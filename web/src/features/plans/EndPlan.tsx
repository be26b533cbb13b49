import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { PlanDetail } from '@/api/types';
import { useToday } from '@/components/DateText';
import { DayPicker } from '@/components/DayPicker';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { endPlan, resumePlan } from './api';
import { words } from './words';

/** Ends a plan on a chosen day: from today on at once, on a past one with the list of the awards that go. */
export function EndPlan({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const text = useText();
  const today = useToday();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [until, setUntil] = useState<string>();
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
      <Button loading={end.isPending} onClick={() => setOpen(true)}>
        {t('end')}
      </Button>
      <Modal
        open={open}
        title={t('end_sure', { name: text(plan.name) })}
        okText={until === undefined ? t('end') : t(until < today ? 'end_look' : 'end_at', { day: until })}
        okButtonProps={{ disabled: until === undefined }}
        cancelText={t('end_cancel')}
        onCancel={() => setOpen(false)}
        onOk={() => {
          if (until === undefined) return;
          setOpen(false);
          end.mutate({ until });
        }}
        destroyOnHidden
      >
        <p>{t('end_on')}</p>
        <DayPicker aria-label={t('end_on')} value={until} onChange={(day) => setUntil(day || undefined)} />
        <p className="quiet end-hint">{t(until !== undefined && until < today ? 'end_past' : 'end_future')}</p>
      </Modal>
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
