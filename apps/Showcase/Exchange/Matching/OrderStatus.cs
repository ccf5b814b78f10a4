namespace Showcase.Exchange.Matching;

/// <summary>Where an order stands.</summary>
public enum OrderStatus : byte
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,

    /// <summary>The exchange ended it: nothing left to match, or it met another order of the same account.</summary>
    Expired,
}
