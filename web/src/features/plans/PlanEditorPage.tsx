export default function PlanEditorPage() {
  return null;
}
