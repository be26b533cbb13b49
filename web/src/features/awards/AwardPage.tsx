export default function AwardPage() {
  return null;
}
