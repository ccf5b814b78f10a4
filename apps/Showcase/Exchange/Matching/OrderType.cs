namespace Showcase.Exchange.Matching;

/// <summary>The type of an order.</summary>
public enum OrderType : byte
{
    /// <summary>The order matches at its price or a better one.</summary>
    Limit,

    /// <summary>The order matches at the book's prices and never rests.</summary>
    Market,
}
