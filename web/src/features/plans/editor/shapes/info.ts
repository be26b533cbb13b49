import { useQuery } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { ShapeInfo } from '@/api/types';

/** What the server says of the shapes: their names and examples. */
export function useShapeInfo(): (key: string) => ShapeInfo | undefined {
  const known = useQuery({
    queryKey: ['shapes'],
    queryFn: async () => (await read(api.GET('/shapes'))).items,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  return (key) => known?.find((each) => each.key === key);
}
