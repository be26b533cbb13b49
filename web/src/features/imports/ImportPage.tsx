import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, App, Steps } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { ErrorState } from '@/components/ErrorState';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { type ObjectsState, useObjectInfos, useRefreshObjects } from '@/features/objects/queries';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { checkJob, getJob, runJob, setMapping, suggestMapping } from './api';
import { CheckStep } from './CheckStep';
import { type Into, MapStep } from './MapStep';
import { type ImportJob, type Mapping, mappingForNew, type Report } from './model';
import { ReportStep } from './ReportStep';
import { RunStep } from './RunStep';
import { useKept } from './useKept';
import { words } from './words';

/** While an import runs its progress is asked for this often; events make it quicker. */
const pollMs = 700;

/** One file on its way into records: mapping, dry run, import, report. */
export default function ImportPage() {
  const id = Number((useParams({ strict: false }) as { id?: string }).id);
  const known = useObjectInfos();
  const query = useQuery({
    queryKey: keys.importJob(id),
    queryFn: () => getJob(id),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? pollMs : false),
  });
  if (known.error) return <ErrorState error={known.error} retry={known.retry} />;
  if (known.waiting) return <Pending />;
  return <Loaded query={query}>{(job) => <Wizard key={job.id} job={job} known={known} />}</Loaded>;
}

type Step = 'map' | 'check' | 'run' | 'report';
const steps: Step[] = ['map', 'check', 'run', 'report'];

function stepOf(job: ImportJob): Step {
  if (job.status === 'running') return 'run';
  if (job.status === 'done' || job.status === 'cancelled' || job.status === 'failed') return 'report';
  return job.status === 'checked' && job.report ? 'check' : 'map';
}

function Wizard({ job, known }: { job: ImportJob; known: ObjectsState }) {
  const t = useWords(words);
  const client = useQueryClient();
  const refreshObjects = useRefreshObjects();
  const { message } = App.useApp();
  const [mapping, setLocal] = useState<Mapping>(() => startWith(job));
  const [report, setReport] = useState<Report | undefined>(job.report);
  const [remap, setRemap] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const step = remap && stepOf(job) === 'check' ? 'map' : stepOf(job);

  const took = (next: ImportJob) => client.setQueryData(keys.importJob(job.id), next);
  const kept = useKept(job.id, took);
  const change = (next: Mapping) => {
    setLocal(next);
    kept.change(next);
  };
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const check = (next: Mapping) =>
    guarded(async () => {
      setLocal(next);
      await kept.drop();
      const stored = await setMapping(job.id, next);
      const found = await checkJob(job.id);
      setReport(found);
      took({ ...stored, report: found, status: 'checked' });
      setRemap(false);
    });
  const into = (place: Into) =>
    guarded(async () => {
      await kept.drop();
      const asked = { object: '', persons: false, ...place };
      const next = await suggestMapping(job.id, asked);
      took(next);
      setLocal(asked.object || asked.persons ? next.mapping : mappingForNew(next));
    });
  const run = () =>
    guarded(async () => {
      took(await runJob(job.id));
      refreshObjects();
      message.info(t('running'));
    });
  const target = known.objects.find((o) => o.key === mapping.object);

  return (
    <>
      <PageHeader title={`${t('title')} · ${job.file}`} back={[t('title'), paths.imports()]} />
      <Steps
        current={steps.indexOf(step)}
        items={[
          { title: t('step_map') },
          { title: t('step_check') },
          { title: t('step_run') },
          { title: t('step_report') },
        ]}
        size="small"
        style={{ marginBottom: 24 }}
      />
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 16 }} />}
      {step === 'map' && (
        <MapStep
          job={job}
          objects={known.objects}
          mapping={mapping}
          onChange={change}
          onInto={(place) => void into(place)}
          busy={busy}
          onCheck={() => void check(mapping)}
        />
      )}
      {step === 'check' && (report ?? job.report) && (
        <CheckStep
          job={job}
          report={(report ?? job.report) as Report}
          mapping={mapping}
          target={target}
          busy={busy}
          onMend={(next) => void check(next)}
          onBack={() => setRemap(true)}
          onRun={() => void run()}
        />
      )}
      {step === 'run' && <RunStep job={job} onCancelled={took} />}
      {step === 'report' && <ReportStep job={job} busy={busy} onAgain={() => void run()} />}
    </>
  );
}

/** The server's mapping where it has one, else a new object made of the file. */
function startWith(job: ImportJob): Mapping {
  return job.mapping.columns.length > 0 ? job.mapping : mappingForNew(job);
}
