using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Hosting;

/// <summary>What an endpoint answers to a valid upgrade request.</summary>
public readonly struct UpgradeDecision
{
    internal UpgradeDecision(int refusal) => Refusal = refusal;

    internal UpgradeDecision(string? subprotocol, CompressionResponse compression)
    {
        Subprotocol = subprotocol;
        Compression = compression;
    }

    /// <summary>The status that refuses the request, or 0 when it is accepted.</summary>
    public int Refusal { get; }

    /// <summary>The subprotocol to answer, or null.</summary>
    public string? Subprotocol { get; }

    /// <summary>The extensions to answer, and the codecs that follow from them.</summary>
    public CompressionResponse Compression { get; }
}
