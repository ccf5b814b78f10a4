namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Brings a new subscription token, or changes what a shared-poll subscription tracks.</summary>
public sealed class SubRefreshRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The token, for <see cref="SubRefreshType.Refresh"/>.</summary>
    public string Token { get; init; } = "";

    /// <summary>What is asked; a number that is not of the enumeration is kept as it came.</summary>
    public SubRefreshType Type { get; init; }

    /// <summary>Keys to track, with their signatures.</summary>
    public IReadOnlyList<TrackBatch> Track { get; init; } = [];

    /// <summary>Keys to track no longer.</summary>
    public IReadOnlyList<string> Untrack { get; init; } = [];
}
