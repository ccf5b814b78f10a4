namespace Showcase.Exchange.Matching;

/// <summary>Determines which order expires when an incoming order would match a resting order of the same account.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The resting order expires, and the incoming order continues to match.</summary>
    ExpireMaker,

    /// <summary>The remainder of the incoming order expires.</summary>
    ExpireTaker,

    /// <summary>The resting order and the remainder of the incoming order expire.</summary>
    ExpireBoth,
}
