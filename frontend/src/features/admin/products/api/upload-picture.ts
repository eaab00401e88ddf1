import { useMutation } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** Uploads a picture and returns its address. */
export function useUploadPicture() {
  return useMutation({
    mutationFn: (picture: File) =>
      read(
        client.POST('/api/products/images', {
          body: picture as never,
          bodySerializer: (body: unknown) => body as File,
          headers: { 'Content-Type': picture.type },
        }),
      ),
  });
}
