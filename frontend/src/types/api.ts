// The shapes the gateway speaks, as the services document them.

export type Page<T> = { items: T[]; page: number; size: number; total: number };

export type ProductStatus = 'AVAILABLE' | 'OUT_OF_STOCK' | 'DISCONTINUED';

export type Product = {
  id: number;
  name: string;
  description: string | null;
  price: number;
  stock: number;
  category: string | null;
  status: ProductStatus;
  imageUrl: string | null;
  createdAt: string;
  updatedAt: string;
};

export type Category = { name: string; count: number };

export type User = {
  id: number;
  email: string;
  name: string;
  phone: string | null;
  role: 'USER' | 'ADMIN';
  createdAt: string;
};

export type SignedIn = { accessToken: string; tokenType: 'Bearer'; expiresIn: number; user: User };

export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'SHIPPING' | 'DELIVERED' | 'CANCELLED';

export type PaymentMethod = 'CARD' | 'BANK_TRANSFER';

export type Recipient = {
  name: string;
  phone: string;
  postalCode: string;
  address1: string;
  address2?: string | null;
};

export type BankAccount = { bank: string; accountNumber: string; holder: string; depositorName: string | null };

export type OrderActor = 'CUSTOMER' | 'ADMIN' | 'SYSTEM';

/** One move of an order; only admins see which user made it. */
export type OrderStatusChange = {
  from: OrderStatus;
  to: OrderStatus;
  by: OrderActor;
  userId?: number | null;
  reason?: string | null;
  at: string;
};

export type Order = {
  id: number;
  orderNumber: string;
  userId: number;
  email: string;
  status: OrderStatus;
  totalPrice: number;
  paymentMethod: PaymentMethod;
  /** Whether a card charge may be under way; until its outcome is known the order cannot be cancelled. */
  paymentInProgress?: boolean;
  items: { productId: number; productName: string; price: number; quantity: number }[];
  recipient: Recipient | null;
  bankAccount?: BankAccount | null;
  payBy: string | null;
  createdAt: string;
  updatedAt: string;
  /** The moves so far, oldest first; lists do not have them. */
  history?: OrderStatusChange[] | null;
};

export type PaymentStatus = 'PENDING' | 'COMPLETED' | 'FAILED' | 'REFUNDED';

export type Payment = {
  id: number;
  orderId: number;
  orderNumber: string;
  userId: number;
  amount: number;
  refundedAmount: number;
  method: PaymentMethod;
  status: PaymentStatus;
  paymentKey?: string | null;
  /** Whether a card charge is under way whose outcome is not known. */
  checking?: boolean;
  /** Why the card was refused, for a failed payment. */
  refusal?: { tossCode?: string | null; tossMessage?: string | null } | null;
  createdAt: string;
  updatedAt: string;
};

/** What the browser needs to open Toss's payment window. */
export type PaymentClient = { clientKey: string; scriptUrl: string };
