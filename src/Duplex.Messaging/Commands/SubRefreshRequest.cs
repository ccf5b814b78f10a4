using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Commands;

/// <summary>Refreshes a subscription with a new token, or changes the keys that a shared-poll subscription tracks.</summary>
internal sealed class SubRefreshRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The token, for <see cref="SubRefreshType.Refresh"/>.</summary>
    public string Token { get; set; } = "";

    /// <summary>The kind of refresh; a number outside the enumeration is retained unchanged.</summary>
    public SubRefreshType Type { get; set; }

    /// <summary>Keys to track, with their signatures.</summary>
    public IReadOnlyList<PollBatch> Track { get; set; } = [];

    /// <summary>Keys to stop tracking.</summary>
    public IReadOnlyList<string> Untrack { get; set; } = [];
}
