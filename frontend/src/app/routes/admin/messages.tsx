export { MessageList as Component } from '@/features/admin/messages/components/message-list';
