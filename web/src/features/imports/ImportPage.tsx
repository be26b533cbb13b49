import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
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
import { checkJob, getJob, runJob, setMapping } from './api';
import { CheckStep } from './CheckStep';
import { MapStep } from './MapStep';
import { type ImportJob, type Mapping, mappingFromGuesses, type Report } from './model';
import { ReportStep } from './ReportStep';
import { RunStep } from './RunStep';
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
  const asked = (useSearch({ strict: false }) as { object?: string }).object;
  const [mapping, setLocal] = useState<Mapping>(() => startWith(job, known, asked));
  const [report, setReport] = useState<Report | undefined>(job.report);
  const [remap, setRemap] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const step = remap && stepOf(job) === 'check' ? 'map' : stepOf(job);

  const took = (next: ImportJob) => client.setQueryData(keys.importJob(job.id), next);
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
      const stored = await setMapping(job.id, next);
      const found = await checkJob(job.id);
      setReport(found);
      took({ ...stored, report: found, status: 'checked' });
      setRemap(false);
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
          onChange={setLocal}
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
      {step === 'report' && <ReportStep job={job} />}
    </>
  );
}

/** The server's mapping where it has one, else what the guesses make of the file. */
function startWith(job: ImportJob, known: ObjectsState, asked?: string): Mapping {
  const target = known.objects.find((o) => o.key === (asked ?? job.mapping?.object));
  if (job.mapping?.columns?.length && (!asked || asked === job.mapping.object)) return job.mapping;
  return mappingFromGuesses(job, target);
}
