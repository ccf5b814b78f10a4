using Duplex.Conformance.Tests.Judging.Steps;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>
/// What the judge does to an endpoint that echoes every message, and what must come back. The same case judges a
/// server (the judge is the client) and a client (the judge is the server).
/// </summary>
/// <param name="Id">Chapter, number and title: <c>2.4 ping of 126 bytes</c>. Unique.</param>
/// <param name="Rules">Ids of the rules in docs/protocol that the case proves.</param>
/// <param name="Steps">In order; the first that is not met fails the case.</param>
public sealed record ConformanceCase(string Id, string[] Rules, params Step[] Steps)
{
    /// <summary>The permessage-deflate parameters to agree on; null runs without the extension.</summary>
    public DeflateParameters? Deflate { get; init; }

    /// <summary>Null when the case binds both roles; otherwise whether the endpoint under test is the client.</summary>
    public bool? JudgesClient { get; init; }

    public async Task RunAsync(RawPeer peer)
    {
        foreach (var step in Steps) await step.RunAsync(peer);
    }
}
