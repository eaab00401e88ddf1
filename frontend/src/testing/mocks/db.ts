import type { Order, Payment, Product, User } from '@/types/api';

type Account = User & { password: string };

/** What the mocked services hold. Each test starts with an empty one. */
export const db = {
  products: [] as Product[],
  accounts: [] as Account[],
  orders: [] as Order[],
  payments: [] as Payment[],
  /** The answers to orders placed with an idempotency key. */
  placed: new Map<string, Order>(),
  /** Whose refresh cookie the browser holds. */
  refreshUserId: null as number | null,
  /** Tokens the gateway still takes. */
  validTokens: new Map<string, number>(),
};

let lastId = 0;

export function resetDb() {
  db.products = [];
  db.accounts = [];
  db.orders = [];
  db.payments = [];
  db.placed.clear();
  db.refreshUserId = null;
  db.validTokens.clear();
  lastId = 0;
}

export const nextId = () => ++lastId;

const now = () => new Date().toISOString();

export function addProduct(values: Partial<Product> = {}): Product {
  const id = values.id ?? nextId();
  const product: Product = {
    id,
    name: `상품 ${id}`,
    description: null,
    price: 10_000,
    stock: 100,
    category: '식품',
    status: values.stock === 0 ? 'OUT_OF_STOCK' : 'AVAILABLE',
    imageUrl: null,
    createdAt: now(),
    updatedAt: now(),
    ...values,
  };
  db.products.push(product);
  return product;
}

export function addAccount(values: Partial<Account> = {}): Account {
  const id = nextId();
  const account: Account = {
    id,
    email: `shopper${id}@example.com`,
    name: '김하늘',
    phone: '010-1234-5678',
    role: 'USER',
    createdAt: now(),
    password: 'shopper-1234',
    ...values,
  };
  db.accounts.push(account);
  return account;
}

export function issueToken(userId: number): string {
  const token = `token-${nextId()}`;
  db.validTokens.set(token, userId);
  db.refreshUserId = userId;
  return token;
}

/** An order of one product, waiting to be paid by card unless told otherwise. */
export function addOrder(values: Partial<Order> = {}): Order {
  const id = values.id ?? nextId();
  const order: Order = {
    id,
    orderNumber: `ORDER-${id}-F3A9C1`,
    userId: 0,
    email: 'shopper@example.com',
    status: 'PENDING',
    totalPrice: 24_000,
    paymentMethod: 'CARD',
    items: [{ productId: 1, productName: '감귤', price: 12_000, quantity: 2 }],
    recipient: null,
    paymentInProgress: false,
    payBy: new Date(Date.now() + 30 * 60_000).toISOString(),
    createdAt: now(),
    updatedAt: now(),
    version: '1',
    history: [],
    ...values,
  };
  db.orders.push(order);
  return order;
}

export function addPayment(order: Order, values: Partial<Payment> = {}): Payment {
  const payment: Payment = {
    id: nextId(),
    orderId: order.id,
    orderNumber: order.orderNumber,
    userId: order.userId,
    amount: order.totalPrice,
    refundedAmount: 0,
    method: order.paymentMethod,
    status: 'COMPLETED',
    createdAt: now(),
    updatedAt: now(),
    ...values,
  };
  db.payments.push(payment);
  return payment;
}

/** The services know no session any longer. */
export function endSessions() {
  db.validTokens.clear();
  db.refreshUserId = null;
}
