export { MessageList as Component } from '@/features/messages/components/message-list';
