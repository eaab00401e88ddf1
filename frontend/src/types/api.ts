import type { components as OrderService } from '@/api/order-svc';
import type { components as PaymentService } from '@/api/payment-svc';
import type { components as ProductService } from '@/api/product-svc';
import type { components as UserService } from '@/api/user-svc';

// The storefront's names for what the services document.

export type Page<T> = { items: T[]; page: number; size: number; total: number };

export type User = UserService['schemas']['UserResponse'];
export type RoleChange = UserService['schemas']['RoleChangeResponse'];

export type SignedIn = UserService['schemas']['TokenResponse'];

export type Product = ProductService['schemas']['ProductResponse'];

export type ProductStatus = ProductService['schemas']['ProductStatus'];

export type Category = ProductService['schemas']['CategoryResponse'];

export type Order = OrderService['schemas']['OrderResponse'];

export type OrderStatus = OrderService['schemas']['OrderStatus'];

/** One status change. Only administrators see which user made it. */
export type OrderStatusChange = OrderService['schemas']['OrderStatusChangeResponse'];

export type OrderActor = OrderService['schemas']['OrderActor'];

export type Recipient = OrderService['schemas']['Recipient'];

export type BankAccount = OrderService['schemas']['BankAccountResponse'];

export type PaymentMethod = OrderService['schemas']['PaymentMethod'];

export type Payment = PaymentService['schemas']['PaymentResponse'];

export type PaymentStatus = PaymentService['schemas']['PaymentStatus'];

/** What the browser needs to open Toss's payment window. */
export type PaymentClient = PaymentService['schemas']['PaymentClientResponse'];

/** A refund, pending or done. Only administrators see it. */
export type Refund = PaymentService['schemas']['RefundResponse'];

export type RefundStatus = PaymentService['schemas']['RefundStatus'];

export type PaymentChange = PaymentService['schemas']['PaymentChangeResponse'];

export type UserRole = User['role'];

/** A message waiting in the outbox of order-svc or payment-svc. */
export type OutboxMessage = OrderService['schemas']['OutboxMessageResponse'];

/** An order event that payment-svc could not apply yet. */
export type SetAsideEvent = PaymentService['schemas']['SetAsideEventResponse'];

export type OutboxStatus = OrderService['schemas']['OutboxStatus'];
