using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Hosting;

/// <summary>What an endpoint answers to a valid upgrade request.</summary>
public readonly struct UpgradeDecision
{
    internal UpgradeDecision(UpgradeRefusal refusal) => Refusal = refusal;

    internal UpgradeDecision(string? subprotocol, CompressionResponse compression)
    {
        Subprotocol = subprotocol;
        Compression = compression;
    }

    /// <summary>Why the request is refused, or null when it is accepted.</summary>
    public UpgradeRefusal? Refusal { get; }

    /// <summary>The subprotocol to answer, or null.</summary>
    public string? Subprotocol { get; }

    /// <summary>The extensions to answer, and the codecs that follow from them.</summary>
    public CompressionResponse Compression { get; }
}
