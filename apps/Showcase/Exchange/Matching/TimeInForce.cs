namespace Showcase.Exchange.Matching;

/// <summary>Determines the handling of the part of a limit order that does not match at once.</summary>
public enum TimeInForce : byte
{
    /// <summary>The remainder rests in the book until it is filled or canceled.</summary>
    GoodTillCanceled,

    /// <summary>The remainder expires.</summary>
    ImmediateOrCancel,

    /// <summary>The whole order expires unless all of it matches at once.</summary>
    FillOrKill,

    /// <summary>The whole order rests; it is rejected when any part of it would match.</summary>
    PostOnly,
}
