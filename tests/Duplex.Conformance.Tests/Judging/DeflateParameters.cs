using Duplex.Conformance.Tests.Compression;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>The parameters of RFC 7692 section 7.1, as agreed for one connection.</summary>
public sealed record DeflateParameters
{
    public bool ServerNoContextTakeover { get; init; }

    public bool ClientNoContextTakeover { get; init; }

    /// <summary>8 to 15; null leaves it out.</summary>
    public int? ServerMaxWindowBits { get; init; }

    /// <summary>8 to 15; null leaves it out.</summary>
    public int? ClientMaxWindowBits { get; init; }

    public Inflater InflaterFor(bool messagesOfServer) => messagesOfServer
        ? new Inflater(ServerMaxWindowBits ?? 15, ServerNoContextTakeover)
        : new Inflater(ClientMaxWindowBits ?? 15, ClientNoContextTakeover);

    public Deflater DeflaterFor(bool messagesOfServer) => messagesOfServer
        ? new Deflater(ServerMaxWindowBits ?? 15, ServerNoContextTakeover)
        : new Deflater(ClientMaxWindowBits ?? 15, ClientNoContextTakeover);

    public override string ToString() => "permessage-deflate"
        + (ServerNoContextTakeover ? "; server_no_context_takeover" : "")
        + (ClientNoContextTakeover ? "; client_no_context_takeover" : "")
        + (ServerMaxWindowBits is { } server ? $"; server_max_window_bits={server}" : "")
        + (ClientMaxWindowBits is { } client ? $"; client_max_window_bits={client}" : "");
}
