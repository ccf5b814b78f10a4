namespace Showcase.Exchange.Rest;

/// <summary>Whether a call is allowed.</summary>
internal enum WeightOutcome
{
    /// <summary>The call is executed.</summary>
    Allowed,

    /// <summary>The call exceeds a limit of the address: 429.</summary>
    Limited,

    /// <summary>The address is banned, because it did not stop: 418.</summary>
    Banned,
}
