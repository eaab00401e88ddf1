namespace MsaShop.Outbox;

/// <summary>A unit of work in the outbox: a small record, stored as JSON. It holds ids, not personal data.</summary>
public interface IOutboxMessage
{
    /// <summary>The message type's name, such as <c>return-stock</c>. It is stored, so it must never change.</summary>
    static abstract string Type { get; }
}
