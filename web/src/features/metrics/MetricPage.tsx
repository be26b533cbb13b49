export default function MetricPage() {
  return null;
}
