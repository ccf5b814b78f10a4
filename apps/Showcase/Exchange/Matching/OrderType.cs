namespace Showcase.Exchange.Matching;

/// <summary>How an order meets the book.</summary>
public enum OrderType : byte
{
    /// <summary>At this price or better.</summary>
    Limit,

    /// <summary>At whatever the book offers; never rests.</summary>
    Market,
}
