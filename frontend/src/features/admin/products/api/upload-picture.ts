import { useMutation } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** Stores a picture and tells its address, which a product may then have. */
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
