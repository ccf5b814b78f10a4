using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Accounts;

/// <summary>An order in its owner's history, which outlives the order in the engine.</summary>
public sealed class OrderRecord(Market market, string? clientOrderId)
{
    public Market Market { get; } = market;

    public string? ClientOrderId { get; } = clientOrderId;

    public OrderState State { get; set; }
}
