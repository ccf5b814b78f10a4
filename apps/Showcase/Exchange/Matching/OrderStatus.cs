namespace Showcase.Exchange.Matching;

/// <summary>The status of an order.</summary>
public enum OrderStatus : byte
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,

    /// <summary>The exchange ended the order: no liquidity was left, or it met another order of the same account.</summary>
    Expired,
}
