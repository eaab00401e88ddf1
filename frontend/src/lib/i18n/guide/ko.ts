/** 이용 안내: how buying here works. Only the guide's page downloads it. */
export const ko = {
  'guide.title': '이용 안내',
  'guide.contents': '목차',

  'guide.card.title': '카드 결제',
  'guide.card.pay': '주문하면 결제창이 바로 열리고, 결제가 끝나면 주문이 확정돼요.',
  'guide.card.toss': '결제는 토스페이먼츠가 처리해요. 카드 번호는 이 가게에 남지 않아요.',
  'guide.card.deadline':
    '결제창을 닫았다면 주문 내역에서 다시 결제할 수 있어요. 30분 안에 결제하지 않으면 주문이 취소돼요.',
  'guide.card.checking':
    '카드사의 응답이 늦으면 ‘확인 중’으로 보여 드려요. 결과는 저절로 반영되니 다시 결제하지 않으셔도 돼요.',

  'guide.transfer.title': '무통장입금',
  'guide.transfer.account': '주문하면 입금 계좌와 금액, 기한을 주문 상세에서 알려 드려요.',
  'guide.transfer.deadline': '입금 기한은 주문한 때부터 3일이에요. 기한이 지나면 주문이 취소되고 상품은 다시 판매돼요.',
  'guide.transfer.match': '주문할 때 적은 입금자 이름과 금액 그대로 보내 주세요. 담당자가 확인하면 주문이 확정돼요.',

  'guide.delivery.title': '배송',
  'guide.delivery.fee': '배송비는 따로 받지 않아요.',
  'guide.delivery.start': '주문이 확정되면 상품을 준비해 적어 주신 주소로 보내 드려요.',
  'guide.delivery.state': '어디까지 왔는지는 주문 상세의 진행 상황에서 볼 수 있어요.',

  'guide.refund.title': '취소·환불',
  'guide.refund.until': '배송이 시작되기 전에는 주문 상세에서 직접 취소할 수 있어요.',
  'guide.refund.card': '카드로 결제했다면 취소와 함께 결제한 금액을 모두 카드로 돌려 드려요.',
  'guide.refund.transfer': '무통장입금은 담당자가 확인한 뒤 계좌로 돌려 드려요. 환불 상태는 주문 상세에 나와요.',
  'guide.refund.unpaid': '아직 결제하지 않은 주문은 취소만 하면 끝나요.',
};
