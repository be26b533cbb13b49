import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { createMetric, metricsQuery } from '@/api/plans';
import { faultsByField } from '@/api/problem';
import type { MetricDef } from '@/api/types';
import { emptyMetric, isMetricComplete, keyFor } from '@/components/metric/draft';
import { MetricForm } from '@/components/metric/MetricForm';
import { MissingWords } from '@/components/metric/MissingWords';
import { words as metricWords } from '@/components/metric/words';
import { useWords } from '@/lib/i18n';
import { words } from './words';

interface Props {
  open: boolean;
  onClose: () => void;
  onMade: (key: string) => void;
}

/** A metric made in the middle of a sentence. */
export function NewMetric({ open, onClose, onMade }: Props) {
  const t = useWords(words);
  const m = useWords(metricWords);
  const client = useQueryClient();
  const taken = (useQuery(metricsQuery).data ?? []).map((each) => each.key);
  const [def, setDef] = useState<MetricDef>(emptyMetric);
  const create = useMutation({
    mutationFn: () => createMetric({ ...def, key: def.key || keyFor(def, taken) }),
    onSuccess: async (metric) => {
      await client.invalidateQueries({ queryKey: keys.metrics });
      setDef(emptyMetric);
      onMade(metric.key);
    },
  });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={640}
      title={t('new_metric_title')}
      destroyOnHidden
      extra={
        <Button
          type="primary"
          loading={create.isPending}
          disabled={!isMetricComplete(def)}
          onClick={() => create.mutate()}
        >
          {m('save')}
        </Button>
      }
      footer={isMetricComplete(def) ? null : <MissingWords def={def} />}
    >
      <MetricForm value={def} onChange={setDef} faults={create.error ? faultsByField(create.error) : {}} />
    </Drawer>
  );
}
