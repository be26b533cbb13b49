import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { isProblem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { PastChangesList } from './PastChangesList';
import { words } from './words';

interface Props {
  /** Why the act was refused; the dialog opens when that carries a list of changes. */
  error: unknown;
  busy: boolean;
  /** Does the act again, with the token of the list that was seen. */
  confirm: (token: string) => void;
  close: () => void;
}

/** The question before the past is changed: whose awards, and by how much. */
export function PastChangesDialog({ error, busy, confirm, close }: Props) {
  const t = useWords(words);
  const refused = isProblem(error) ? error : undefined;
  const [seen, setSeen] = useState(refused);
  const [confirming, setConfirming] = useState(false);
  if (refused?.changes && refused !== seen) setSeen(refused);
  const changes = seen?.changes;
  const open = refused?.changes !== undefined || (confirming && busy);
  return (
    <Modal
      open={open && changes !== undefined}
      title={t('title')}
      width={760}
      okText={t('confirm')}
      okButtonProps={{ danger: true }}
      confirmLoading={busy}
      onOk={() => {
        if (!changes) return;
        setConfirming(true);
        confirm(changes.token);
      }}
      onCancel={() => {
        setConfirming(false);
        close();
      }}
      destroyOnHidden
    >
      {refused?.code === 'changes_moved' && <Alert type="warning" showIcon title={t('moved')} />}
      {changes && <PastChangesList changes={changes} />}
    </Modal>
  );
}
