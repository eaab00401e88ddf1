namespace MsaShop.Outbox;

/// <summary>Work that the outbox keeps: a small record, stored as JSON. Ids rather than personal data.</summary>
public interface IOutboxMessage
{
    /// <summary>The word for this kind of message, such as <c>return-stock</c>. It is stored, so it never changes.</summary>
    static abstract string Type { get; }
}
