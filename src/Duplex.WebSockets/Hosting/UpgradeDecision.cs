using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Hosting;

/// <summary>Represents an endpoint's decision on a valid upgrade request.</summary>
internal readonly struct UpgradeDecision
{
    internal UpgradeDecision(UpgradeRefusal refusal) => Refusal = refusal;

    internal UpgradeDecision(string? subprotocol, CompressionResponse compression)
    {
        Subprotocol = subprotocol;
        Compression = compression;
    }

    /// <summary>The refusal of the request, or null when it is accepted.</summary>
    public UpgradeRefusal? Refusal { get; }

    /// <summary>The subprotocol of the response, or null.</summary>
    public string? Subprotocol { get; }

    /// <summary>The extensions of the response, and the codecs that they require.</summary>
    public CompressionResponse Compression { get; }
}
