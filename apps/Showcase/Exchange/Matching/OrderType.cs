namespace Showcase.Exchange.Matching;

/// <summary>The type of an order.</summary>
public enum OrderType : byte
{
    /// <summary>The order matches at its price or a better one.</summary>
    Limit,

    /// <summary>The order matches at the book's prices and never rests.</summary>
    Market,

    /// <summary>The order waits until the last price moves against its side to the stop price, and is then a limit order.</summary>
    StopLossLimit,

    /// <summary>The order waits until the last price moves in favor of its side to the stop price, and is then a limit order.</summary>
    TakeProfitLimit,
}
