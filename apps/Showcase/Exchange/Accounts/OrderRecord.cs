using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Accounts;

/// <summary>An order as its owner remembers it, also after the engine has forgotten it.</summary>
public sealed class OrderRecord(Market market, string? clientOrderId)
{
    public Market Market { get; } = market;

    public string? ClientOrderId { get; } = clientOrderId;

    public OrderState State { get; set; }
}
