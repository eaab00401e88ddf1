import { useMutation, useQueryClient } from '@tanstack/react-query';
import { anonymousClient, read } from '@/lib/api-client';
import { resumeFor } from '@/lib/query-client';

export type Credentials = { email: string; password: string };

export const signIn = (credentials: Credentials) =>
  read(anonymousClient.POST('/api/users/login', { body: credentials }));

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (session) => resumeFor(queries, session),
  });
}
