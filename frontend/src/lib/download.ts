/** Hands a file that the API answered with to the browser, under the name the API gave it. */
export async function saveFile(answer: Promise<{ data?: Blob; response: Response }>, fallbackName: string) {
  const { data, response } = await answer;
  if (!data) return;
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = named ?? fallbackName;
  link.click();
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url));
}
