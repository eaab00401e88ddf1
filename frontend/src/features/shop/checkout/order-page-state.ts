/** What the checkout tells the order's page. */
export type OrderPageState = {
  justPlaced?: boolean;
  /** Open the payment window at once. */
  pay?: boolean;
};
