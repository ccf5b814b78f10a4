namespace Showcase.Exchange.Matching;

/// <summary>What happens to the part of a limit order that does not match at once.</summary>
public enum TimeInForce : byte
{
    /// <summary>It rests in the book until it is filled or canceled.</summary>
    GoodTillCanceled,

    /// <summary>It expires.</summary>
    ImmediateOrCancel,

    /// <summary>The whole order expires unless all of it matches at once.</summary>
    FillOrKill,

    /// <summary>All of it rests; the order is rejected when any of it would match.</summary>
    PostOnly,
}
