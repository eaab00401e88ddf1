import { create } from 'zustand';

export type Toast = {
  id: number;
  text: string;
  link?: { href: string; text: string };
  /** The path of the page on the way to which it is shown, where it has to outlive the change of pages. */
  page?: string;
};

type Toasts = { toasts: Toast[]; show: (toast: Omit<Toast, 'id'>) => void; dismiss: (id: number) => void };

let lastId = 0;

/** One short message at a time: a newer one replaces it. */
export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  show: (toast) => set({ toasts: [{ ...toast, id: ++lastId }] }),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));
