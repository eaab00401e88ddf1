namespace MsaShop.Outbox;

/// <summary>Work for the outbox: a small record, stored as JSON. Prefer ids to personal data.</summary>
public interface IOutboxMessage
{
    /// <summary>The stored name of the type, such as <c>return-stock</c>. It must never change.</summary>
    static abstract string Type { get; }
}
