import { useMutation } from '@tanstack/react-query';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '@/lib/i18n';
import { words } from './words_review';

interface Props {
  open: boolean;
  title: string;
  label: string;
  ok: string;
  /** Whether something must be written. */
  required?: boolean;
  onClose: () => void;
  /** Does it with what was written; the dialog stays open when it fails, and says why. */
  act: (note: string) => Promise<unknown>;
}

/** Asks for a few words before something is done. */
export function NoteDialog({ open, title, label, ok, required = false, onClose, act }: Props) {
  const t = useWords(words);
  const [note, setNote] = useState('');
  const run = useMutation({
    mutationFn: () => act(note.trim()),
    onSuccess: () => {
      setNote('');
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={title}
      okText={ok}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: required && note.trim() === '' }}
      confirmLoading={run.isPending}
      onOk={() => run.mutate()}
      onCancel={() => {
        run.reset();
        onClose();
      }}
      destroyOnHidden
    >
      <p className="quiet">{label}</p>
      <Input.TextArea
        aria-label={label}
        autoFocus
        rows={3}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {run.isError && <Alert className="publish-from" type="error" role="alert" showIcon title={run.error.message} />}
    </Modal>
  );
}
